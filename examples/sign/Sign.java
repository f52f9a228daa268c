import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Sign {
    static String encode(byte[] data) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(data);
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Your JSON library makes `variables`: {"name": "Ada Lovelace"}. */
    static String signVisitor(String subject, String variables) throws Exception {
        String site = System.getenv("BALIE_SITE");
        byte[] secret = System.getenv("BALIE_KEY_SECRET").getBytes(StandardCharsets.UTF_8);
        long now = System.currentTimeMillis() / 1000;
        String header = String.format("{\"alg\":\"HS256\",\"kid\":\"%s\",\"typ\":\"visitor+jwt\"}", System.getenv("BALIE_KEY_ID"));
        String claims = String.format(
            "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"iat\":%d,\"exp\":%d,\"variables\":%s}",
            site, site, subject, now, now + 900, variables);
        String signed = encode(header) + "." + encode(claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return signed + "." + encode(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println(signVisitor("4711", "{\"name\":\"Ada Lovelace\",\"email\":\"ada@shop.example\"}"));
    }
}
