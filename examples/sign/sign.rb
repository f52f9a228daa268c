require 'base64'
require 'json'
require 'openssl'

def encode(data) = Base64.urlsafe_encode64(data, padding: false)

def sign_visitor(subject, variables, thumbprint = nil)
  site = ENV.fetch('BALIE_SITE')
  now = Time.now.to_i
  header = { alg: 'HS256', kid: ENV.fetch('BALIE_KEY_ID'), typ: 'visitor+jwt' }
  claims = { iss: site, aud: site, sub: subject, iat: now, exp: now + 900, variables: variables }
  claims[:cnf] = { jkt: thumbprint } if thumbprint
  signed = "#{encode(header.to_json)}.#{encode(claims.to_json)}"
  "#{signed}.#{encode(OpenSSL::HMAC.digest('SHA256', ENV.fetch('BALIE_KEY_SECRET'), signed))}"
end

puts sign_visitor('4711', { name: 'Ada Lovelace', email: 'ada@shop.example' })
