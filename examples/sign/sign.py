import base64, hashlib, hmac, json, os, time

site, kid, secret = (os.environ[name] for name in ("BALIE_SITE", "BALIE_KEY_ID", "BALIE_KEY_SECRET"))

def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")

def sign_visitor(subject, variables, thumbprint=None):
    now = int(time.time())
    header = {"alg": "HS256", "kid": kid, "typ": "visitor+jwt"}
    claims = {"iss": site, "aud": site, "sub": subject, "iat": now, "exp": now + 900, "variables": variables}
    if thumbprint:
        claims["cnf"] = {"jkt": thumbprint}
    signed = b".".join(encode(json.dumps(part).encode()) for part in (header, claims))
    mac = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    return (signed + b"." + encode(mac)).decode()

print(sign_visitor("4711", {"name": "Ada Lovelace", "email": "ada@shop.example"}))
