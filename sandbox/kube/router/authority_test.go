package router

import (
	"crypto/tls"
	"crypto/x509"
	"testing"
)

func TestTheWildcardCertificateIsTrustedThroughTheBundle(t *testing.T) {
	folder := t.TempDir()
	authority, err := openAuthority(folder)
	if err != nil {
		t.Fatal(err)
	}
	wildcard, err := authority.wildcard("apps.sandbox.test")
	if err != nil {
		t.Fatal(err)
	}
	pair, err := tls.X509KeyPair(wildcard, wildcard)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(authority.bundle())
	for host, trusted := range map[string]bool{"litellm.apps.sandbox.test": true, "a.litellm.apps.sandbox.test": false, "example.test": false} {
		if _, err := pair.Leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: host}); (err == nil) != trusted {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func TestTheAuthorityIsMadeOnce(t *testing.T) {
	folder := t.TempDir()
	first, err := openAuthority(folder)
	if err != nil {
		t.Fatal(err)
	}
	second, err := openAuthority(folder)
	if err != nil || string(first.bundle()) != string(second.bundle()) {
		t.Errorf("a second start changed the authority: %v", err)
	}
}
