DROP TABLE slip_attempt, slip_code, provider_secret, oidc_payload, client, held_post, account;
