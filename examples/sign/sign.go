package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"time"
)

func part(value any) string {
	data, _ := json.Marshal(value)
	return base64.RawURLEncoding.EncodeToString(data)
}

func signVisitor(subject string, variables map[string]any, thumbprint string) string {
	site := os.Getenv("BALIE_SITE")
	now := time.Now().Unix()
	header := map[string]string{"alg": "HS256", "kid": os.Getenv("BALIE_KEY_ID"), "typ": "visitor+jwt"}
	claims := map[string]any{"iss": site, "aud": site, "sub": subject, "iat": now, "exp": now + 900, "variables": variables}
	if thumbprint != "" {
		claims["cnf"] = map[string]string{"jkt": thumbprint}
	}
	signed := part(header) + "." + part(claims)
	mac := hmac.New(sha256.New, []byte(os.Getenv("BALIE_KEY_SECRET")))
	mac.Write([]byte(signed))
	return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func main() {
	fmt.Println(signVisitor("4711", map[string]any{"name": "Ada Lovelace", "email": "ada@shop.example"}, ""))
}
