package route

import (
	"strings"
	"testing"
	"time"

	routev1 "github.com/openshift/api/route/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

const domain = "apps.sandbox.test"

// made returns an edge route in the namespace litemaas, as old as minutes.
func made(name string, minutes int, change func(*routev1.Route)) *routev1.Route {
	route := &routev1.Route{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: "litemaas", Name: name, CreationTimestamp: metav1.NewTime(time.Unix(0, 0).Add(-time.Duration(minutes) * time.Minute)),
		},
		Spec: routev1.RouteSpec{
			Host: name + ".apps.sandbox.test",
			To:   routev1.RouteTargetReference{Kind: "Service", Name: name},
			TLS:  &routev1.TLSConfig{Termination: routev1.TLSTerminationEdge},
		},
	}
	if change != nil {
		change(route)
	}
	return route
}

func verdictOn(table Table, name string) Verdict {
	for _, verdict := range table.Verdicts {
		if verdict.Route.Name == name {
			return verdict
		}
	}
	return Verdict{Reason: "no verdict"}
}

func TestOfTwoRoutesWithOneHostTheOlderIsServed(t *testing.T) {
	sameHost := func(route *routev1.Route) { route.Spec.Host = "web.apps.sandbox.test" }
	table := NewTable([]*routev1.Route{made("young", 1, sameHost), made("old", 2, sameHost)}, nil, domain)
	if verdict := verdictOn(table, "young"); verdict.Reason != HostAlreadyClaimed || !strings.Contains(verdict.Message, "old") {
		t.Errorf("young: %+v", verdict)
	}
	if !verdictOn(table, "old").Admitted() || len(table.Entries) != 1 || table.Entries[0].Name != "litemaas:old" {
		t.Errorf("entries: %+v", table.Entries)
	}
}

func TestAHostsPathsMayBeServedByOneNamespaceOnly(t *testing.T) {
	at := func(namespace, path string) func(*routev1.Route) {
		return func(route *routev1.Route) {
			route.Namespace, route.Spec.Host, route.Spec.Path = namespace, "web.apps.sandbox.test", path
		}
	}
	table := NewTable([]*routev1.Route{
		made("root", 3, at("litemaas", "")), made("api", 2, at("litemaas", "/api")), made("foreign", 1, at("other", "/v1")),
	}, nil, domain)
	if verdictOn(table, "foreign").Reason != HostAlreadyClaimed || !verdictOn(table, "api").Admitted() {
		t.Errorf("verdicts: %+v", table.Verdicts)
	}
	if table.Entries[0].Path != "/api" || table.Entries[1].Path != "" {
		t.Errorf("the longer path must come first: %+v", table.Entries)
	}
}

func TestWhatIsNotServedSaysWhy(t *testing.T) {
	for message, change := range map[string]func(*routev1.Route){
		"host \"\"":                func(r *routev1.Route) { r.Spec.Host = "" },
		"host \"a b\"":             func(r *routev1.Route) { r.Spec.Host = "a b" },
		"is no plain path":         func(r *routev1.Route) { r.Spec.Path = "/a }\n" },
		"wildcard":                 func(r *routev1.Route) { r.Spec.WildcardPolicy = routev1.WildcardPolicySubdomain },
		"spec.alternateBackends":   func(r *routev1.Route) { r.Spec.AlternateBackends = []routev1.RouteTargetReference{{Name: "b"}} },
		"passthrough":              func(r *routev1.Route) { r.Spec.TLS.Termination = routev1.TLSTerminationPassthrough },
		"destinationCACertificate": func(r *routev1.Route) { r.Spec.TLS.Termination = routev1.TLSTerminationReencrypt },
		"externalCertificate": func(r *routev1.Route) {
			r.Spec.TLS.ExternalCertificate = &routev1.LocalObjectReference{Name: "secret"}
		},
		"spec.tls.caCertificate":                func(r *routev1.Route) { r.Spec.TLS.CACertificate = "x" },
		"spec.tls.certificate and spec.tls.key": func(r *routev1.Route) { r.Spec.TLS.Certificate, r.Spec.TLS.Key = "x", "y" },
	} {
		table := NewTable([]*routev1.Route{made("web", 1, change)}, nil, domain)
		if verdict := table.Verdicts[0]; verdict.Admitted() || !strings.Contains(verdict.Message, message) || len(table.Entries) > 0 {
			t.Errorf("want a message with %q, got %+v", message, verdict)
		}
	}
}

func TestASubdomainGivesTheHost(t *testing.T) {
	table := NewTable([]*routev1.Route{made("web", 1, func(r *routev1.Route) { r.Spec.Host, r.Spec.Subdomain = "", "chat" })}, nil, domain)
	if got := table.Verdicts[0].Host; got != "chat.apps.sandbox.test" {
		t.Errorf("got %s", got)
	}
}

func TestTheAnnotationSetsTheTimeout(t *testing.T) {
	annotated := made("web", 1, func(r *routev1.Route) { r.Annotations = map[string]string{timeoutAnnotation: "600s"} })
	table := NewTable([]*routev1.Route{annotated, made("other", 1, nil)}, nil, domain)
	for _, entry := range table.Entries {
		want := map[string]time.Duration{"litemaas:web": 600 * time.Second, "litemaas:other": 30 * time.Second}[entry.Name]
		if entry.Timeout != want {
			t.Errorf("%s: got %s, want %s", entry.Name, entry.Timeout, want)
		}
	}
}
