package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/task"
)

func cryptography() Signal {
	return Signal{
		ID:      "crypto",
		Summary: "ciphers, signatures, certificates or the randomness of secrets were touched",
		Why:     "a weak cipher or a wrong comparison works like a good one until somebody attacks it",
		Example: "+	mac := hmac.New(sha256.New, key)",
		Fix:     "a hash that only names a cache entry is told apart by the words beside it; say cache or checksum there",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Security},
		Content: &content{reads: acting, paths: strings.Fields("crypto cryptography encryption cipher tls ssl x509 jwks hmac"), rules: cryptoRules},
	}
}

func cryptoRules() []rule {
	return []rule{
		spoken(`crypto cryptography encrypt encrypts encrypted encryption decrypt decrypts decrypted decryption cipher ciphers ciphertext hmac bcrypt scrypt argon2
			argon2id argon2i pbkdf2 aes aes128 aes256 gcm cbc rsa ecdsa ecdh ed25519 x25519 secp256k1 rs256 hs256 es256 ps256 jwks jwk jwe jws keystore truststore
			tls ssl mtls x509 certificate certificates cert certs pem pkcs8 pkcs12 openssl nonce salt salted keypair urandom csprng signature signatures`),
		shown("sha1 sha224 sha256 sha384 sha512 sha3 md5 blake2b hash digest hashlib", "a hash is computed",
			`(?i)\b(?:sha-?(?:1|224|256|384|512|3)|md5|blake2b)\w*\s*(?:[.(]|::)|createHash\(|hashlib\.\w+\(|MessageDigest\.|Digest::\w+|password_hash\(|\bhash_\w+\(`).where(guarding),
		shown("equal equals compare secure constant", "a comparison in constant time",
			`(?i)timing_?safe_?equal|constant_?time|compare_digest|hash_equals|secure_?compare|fixed_?time_?equals|MessageDigest\.isEqual|hmac\.Equal`),
		shown("random rand secrets rng", "randomness",
			`(?i)secure_?random|random_?bytes|getRandomValues|token_(?:hex|urlsafe|bytes)|"(?:crypto|math)/rand|\bsecrets\.(?:choice|token)|OsRng|RandomNumberGenerator|\bmt_rand\(`),
		shown("sign verify signed", "something is signed or verified", `(?i)\b(?:\w+[.>:]+)?(?:sign|verify)(?:_?(?:message|signature|token|jwt|hash|payload|webhook|request))?\(`),
	}
}

// guarding says that a hash is not the mere name of a content.
func guarding(l line) bool {
	return !l.has("cache", "etag", "checksum", "integrity", "fingerprint", "image", "commit", "git", "dedupe", "asset", "memo", "revision", "content")
}
