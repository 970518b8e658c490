package route

import (
	"bytes"
	_ "embed"
	"fmt"
	"path/filepath"
	"strings"
	"text/template"
	"time"

	routev1 "github.com/openshift/api/route/v1"
)

//go:embed haproxy.cfg.tmpl
var configuration string

//go:embed 503.http
var unavailable []byte

// Frontend says where the router listens and where its files lie.
type Frontend struct {
	Address  string
	Folder   string
	Wildcard string // file with the certificate for hosts that have none of their own
	Revision int    // HAProxy tells it when asked which configuration it serves
}

// names of the files that Files returns.
const (
	Configuration = "haproxy.cfg"
	Socket        = "haproxy.sock"
	certificates  = "certificates.list"
	errorPage     = "503.http"
)

var haproxy = template.Must(template.New(Configuration).Funcs(template.FuncMap{
	"milliseconds": func(d time.Duration) string { return fmt.Sprintf("%dms", max(d.Milliseconds(), 1)) },
	"conditions":   Entry.conditions,
}).Parse(configuration))

// Files are HAProxy's configuration and all it refers to, by their names in the frontend's folder.
func (t Table) Files(frontend Frontend) (map[string][]byte, error) {
	var text bytes.Buffer
	if err := haproxy.Execute(&text, struct {
		Frontend
		Table
	}{frontend, t}); err != nil {
		return nil, err
	}
	files := map[string][]byte{Configuration: text.Bytes(), errorPage: unavailable}
	list := []string{frontend.Wildcard}
	for _, entry := range t.Entries {
		if entry.ownCertificate() {
			files[entry.file("pem")] = entry.keyPair()
			list = append(list, filepath.Join(frontend.Folder, entry.file("pem"))+" "+entry.Host)
		}
		if entry.Reencrypt() {
			files[entry.file("ca")] = []byte(entry.TLS.DestinationCACertificate)
		}
	}
	files[certificates] = []byte(strings.Join(list, "\n") + "\n")
	return files, nil
}

// conditions under which the entry serves a request; each stands for itself.
func (e Entry) conditions() []string {
	host := fmt.Sprintf("{ var(txn.host) -m str %s }", e.Host)
	if e.Path == "" {
		return []string{host}
	}
	return []string{
		fmt.Sprintf("%s { path -m str %s }", host, e.Path),
		fmt.Sprintf("%s { path -m beg %s/ }", host, e.Path),
	}
}

// Secure tells whether the entry is served over TLS.
func (e Entry) Secure() bool { return e.TLS != nil }

// Redirects tells whether plain requests are sent to TLS.
func (e Entry) Redirects() bool {
	return e.Secure() && e.TLS.InsecureEdgeTerminationPolicy == routev1.InsecureEdgeTerminationPolicyRedirect
}

// Plain tells whether plain requests are served.
func (e Entry) Plain() bool {
	return !e.Secure() || e.TLS.InsecureEdgeTerminationPolicy == routev1.InsecureEdgeTerminationPolicyAllow
}

// Reencrypt tells whether the service, too, is spoken to over TLS.
func (e Entry) Reencrypt() bool {
	return e.Secure() && e.TLS.Termination == routev1.TLSTerminationReencrypt
}

// Authority is the name of the file with what the service's certificate is verified against.
func (e Entry) Authority() string { return e.file("ca") }

func (e Entry) ownCertificate() bool { return e.Secure() && e.TLS.Certificate != "" }

func (e Entry) keyPair() []byte {
	return []byte(strings.Join([]string{e.TLS.Certificate, e.TLS.CACertificate, e.TLS.Key}, "\n"))
}

func (e Entry) file(suffix string) string { return e.Name + "." + suffix }
