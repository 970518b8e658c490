package route

import (
	"strings"
	"testing"

	routev1 "github.com/openshift/api/route/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/utils/ptr"
)

var frontend = Frontend{Address: "10.90.0.1", Folder: "/run/router", Wildcard: "/run/wildcard.pem", Revision: 7}

// frontends returns the two frontends' rules: for plain requests, and over TLS.
func frontends(t *testing.T, routes ...*routev1.Route) (plain, secure string) {
	t.Helper()
	files, err := NewTable(routes, nil, domain).Files(frontend)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(files[Configuration]), "frontend public\n")
	plain, rest, _ = strings.Cut(rest, "frontend public_tls\n")
	secure, _, _ = strings.Cut(rest, "\nbackend ")
	return plain, secure
}

func TestTerminationDecidesWhereARouteIsServed(t *testing.T) {
	policy := func(policy routev1.InsecureEdgeTerminationPolicyType) func(*routev1.Route) {
		return func(route *routev1.Route) { route.Spec.TLS.InsecureEdgeTerminationPolicy = policy }
	}
	const served, redirected = "use_backend litemaas:web if", "redirect scheme https code 302 if"
	for name, want := range map[string]struct {
		change                     func(*routev1.Route)
		plain, redirected, overTLS bool
	}{
		"without TLS": {func(r *routev1.Route) { r.Spec.TLS = nil }, true, false, false},
		"none":        {policy(routev1.InsecureEdgeTerminationPolicyNone), false, false, true},
		"unset":       {policy(""), false, false, true},
		"allow":       {policy(routev1.InsecureEdgeTerminationPolicyAllow), true, false, true},
		"redirect":    {policy(routev1.InsecureEdgeTerminationPolicyRedirect), false, true, true},
	} {
		plain, secure := frontends(t, made("web", 1, want.change))
		if strings.Contains(plain, served) != want.plain || strings.Contains(plain, redirected) != want.redirected || strings.Contains(secure, served) != want.overTLS {
			t.Errorf("%s:\n%s\n%s", name, plain, secure)
		}
	}
}

func TestAPathEndsAtASlash(t *testing.T) {
	_, secure := frontends(t, made("web", 1, func(r *routev1.Route) { r.Spec.Path = "/api/" }))
	for _, condition := range []string{"{ path -m str /api }", "{ path -m beg /api/ }"} {
		if !strings.Contains(secure, "{ var(txn.host) -m str web.apps.sandbox.test } "+condition) {
			t.Errorf("%s is missing in\n%s", condition, secure)
		}
	}
}

func TestBackendsHoldTheEndpoints(t *testing.T) {
	endpoints := Endpoints{"litemaas/web": {{
		Ports:     []discoveryv1.EndpointPort{{Port: ptr.To[int32](4000)}},
		Endpoints: []discoveryv1.Endpoint{{Addresses: []string{"10.244.0.5"}}},
	}}}
	files, err := NewTable([]*routev1.Route{made("web", 1, nil)}, endpoints, domain).Files(frontend)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"    server 10.244.0.5:4000 10.244.0.5:4000\n", "description revision-7\n", "timeout server 30000ms\n"} {
		if !strings.Contains(string(files[Configuration]), line) {
			t.Errorf("%q is missing in\n%s", line, files[Configuration])
		}
	}
}

func TestTheWildcardCertificateIsTheFirst(t *testing.T) {
	files, err := Table{}.Files(frontend)
	if err != nil || string(files[certificates]) != "/run/wildcard.pem\n" {
		t.Errorf("got %s, %v", files[certificates], err)
	}
}

func TestReencryptVerifiesTheService(t *testing.T) {
	table := Table{Entries: []Entry{{
		Name: "litemaas:web", Host: "web.apps.sandbox.test", Servers: []string{"10.244.0.5:4000"},
		TLS: &routev1.TLSConfig{Termination: routev1.TLSTerminationReencrypt, DestinationCACertificate: "authority", Certificate: "c", Key: "k"},
	}}}
	files, err := table.Files(frontend)
	if err != nil {
		t.Fatal(err)
	}
	want := "server 10.244.0.5:4000 10.244.0.5:4000 ssl verify required ca-file /run/router/litemaas:web.ca\n"
	if !strings.Contains(string(files[Configuration]), want) || string(files["litemaas:web.ca"]) != "authority" {
		t.Errorf("files: %s", files)
	}
	if !strings.Contains(string(files[certificates]), "/run/router/litemaas:web.pem web.apps.sandbox.test\n") {
		t.Errorf("certificates: %s", files[certificates])
	}
}
