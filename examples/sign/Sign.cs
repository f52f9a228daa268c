using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

string Env(string name) => Environment.GetEnvironmentVariable(name)!;
string Encode(byte[] data) => Base64Url.EncodeToString(data);

string SignVisitor(string subject, Dictionary<string, object> variables, string? thumbprint = null)
{
    var site = Env("BALIE_SITE");
    var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    var header = new { alg = "HS256", kid = Env("BALIE_KEY_ID"), typ = "visitor+jwt" };
    var claims = new Dictionary<string, object>
    {
        ["iss"] = site, ["aud"] = site, ["sub"] = subject, ["iat"] = now, ["exp"] = now + 900, ["variables"] = variables,
    };
    if (thumbprint is not null) claims["cnf"] = new { jkt = thumbprint };
    var signed = Encode(JsonSerializer.SerializeToUtf8Bytes(header)) + "." + Encode(JsonSerializer.SerializeToUtf8Bytes(claims));
    var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Env("BALIE_KEY_SECRET")), Encoding.UTF8.GetBytes(signed));
    return signed + "." + Encode(mac);
}

Console.WriteLine(SignVisitor("4711", new() { ["name"] = "Ada Lovelace", ["email"] = "ada@shop.example" }));
