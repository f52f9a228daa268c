<?php
function encode(string $data): string {
    return rtrim(strtr(base64_encode($data), '+/', '-_'), '=');
}

function sign_visitor(string $subject, array $variables, ?string $thumbprint = null): string {
    $site = getenv('BALIE_SITE');
    $now = time();
    $header = ['alg' => 'HS256', 'kid' => getenv('BALIE_KEY_ID'), 'typ' => 'visitor+jwt'];
    $claims = ['iss' => $site, 'aud' => $site, 'sub' => $subject, 'iat' => $now, 'exp' => $now + 900];
    $claims['variables'] = (object) $variables;
    if ($thumbprint) $claims['cnf'] = ['jkt' => $thumbprint];
    $signed = encode(json_encode($header)) . '.' . encode(json_encode($claims));
    return $signed . '.' . encode(hash_hmac('sha256', $signed, getenv('BALIE_KEY_SECRET'), true));
}

echo sign_visitor('4711', ['name' => 'Ada Lovelace', 'email' => 'ada@shop.example']), "\n";
