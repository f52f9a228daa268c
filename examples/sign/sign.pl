use strict;
use warnings;
use Digest::SHA qw(hmac_sha256);
use JSON::PP;
use MIME::Base64 qw(encode_base64url);

sub sign_visitor {
    my ($subject, $variables, $thumbprint) = @_;
    my ($site, $kid, $secret) = @ENV{qw(BALIE_SITE BALIE_KEY_ID BALIE_KEY_SECRET)};
    my $now = time;
    my $header = { alg => 'HS256', kid => $kid, typ => 'visitor+jwt' };
    my $claims = { iss => $site, aud => $site, sub => "$subject", iat => $now, exp => $now + 900, variables => $variables };
    $claims->{cnf} = { jkt => $thumbprint } if $thumbprint;
    my $signed = join '.', map { encode_base64url(encode_json($_)) } $header, $claims;
    return $signed . '.' . encode_base64url(hmac_sha256($signed, $secret));
}

print sign_visitor('4711', { name => 'Ada Lovelace', email => 'ada@shop.example' }), "\n";
