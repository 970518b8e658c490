package router

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"time"
)

const (
	certificateFile = "ca.crt"
	keyFile         = "ca.key"
	wildcardFile    = "wildcard.pem"

	authorityLife = 10 * 365 * 24 * time.Hour
	wildcardLife  = 825 * 24 * time.Hour // clients refuse longer ones

	// RSA, as HAProxy would prefer a wildcard certificate with an elliptic key to a route's own with an RSA key.
	keyBits = 2048
)

// authority signs the router's own certificates.
type authority struct{ pair tls.Certificate }

// openAuthority reads the authority from the folder; the first time, it makes one.
func openAuthority(folder string) (authority, error) {
	certificate, key := filepath.Join(folder, certificateFile), filepath.Join(folder, keyFile)
	if _, err := os.Stat(certificate); errors.Is(err, fs.ErrNotExist) {
		if err := makeAuthority(certificate, key); err != nil {
			return authority{}, err
		}
	}
	pair, err := tls.LoadX509KeyPair(certificate, key)
	if err != nil {
		return authority{}, fmt.Errorf("the router's certificate authority: %w", err)
	}
	return authority{pair}, nil
}

func makeAuthority(certificate, key string) error {
	template := describe(fmt.Sprintf("ingress-operator@%d", time.Now().Unix()), authorityLife)
	template.IsCA = true
	template.BasicConstraintsValid = true
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature
	pair, err := sign(template, nil)
	if err != nil {
		return err
	}
	if err := os.WriteFile(key, pair.key, 0o600); err != nil {
		return err
	}
	return os.WriteFile(certificate, pair.certificate, 0o644)
}

// bundle is what clients verify the router with.
func (a authority) bundle() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.pair.Leaf.Raw})
}

// wildcard makes a certificate for all hosts one level below the domain, as HAProxy reads it.
func (a authority) wildcard(domain string) ([]byte, error) {
	template := describe("*."+domain, wildcardLife)
	template.DNSNames = []string{"*." + domain, domain}
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	pair, err := sign(template, &a.pair)
	if err != nil {
		return nil, err
	}
	return append(pair.certificate, pair.key...), nil
}

func describe(name string, life time.Duration) *x509.Certificate {
	serial, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127)) // never fails since Go 1.24
	return &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    time.Now().Add(-time.Minute), // clocks differ
		NotAfter:     time.Now().Add(life),
	}
}

type encoded struct{ certificate, key []byte }

// sign makes a key and its certificate, signed by the authority or, without one, by itself.
func sign(template *x509.Certificate, by *tls.Certificate) (encoded, error) {
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return encoded{}, err
	}
	parent, signer := template, any(key)
	if by != nil {
		parent, signer = by.Leaf, by.PrivateKey
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		return encoded{}, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	return encoded{
		certificate: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate}),
		key:         pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}),
	}, err
}
