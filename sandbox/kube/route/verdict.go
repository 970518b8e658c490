package route

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"regexp"

	routev1 "github.com/openshift/api/route/v1"
	"k8s.io/apimachinery/pkg/util/validation"
)

// Reasons for which a route is not admitted, by the names OpenShift's router gives them.
const (
	HostAlreadyClaimed = "HostAlreadyClaimed"
	InvalidHost        = "InvalidHost"
	Unsupported        = "RouteNotAdmitted"
	Invalid            = "ExtendedValidationFailed"
)

// Verdict says whether a route is served, and under which host. No reason means that it is.
type Verdict struct {
	Route   *routev1.Route
	Host    string
	Reason  string
	Message string
}

// Admitted tells whether the route is served.
func (v Verdict) Admitted() bool { return v.Reason == "" }

func refused(route *routev1.Route, host, reason string, cause error) Verdict {
	return Verdict{Route: route, Host: host, Reason: reason, Message: cause.Error()}
}

// safePath is what may stand in HAProxy's configuration without quotes.
var safePath = regexp.MustCompile(`^(/[A-Za-z0-9._~@%+=:,-]*)*$`)

// judge looks at one route by itself.
func judge(route *routev1.Route, domain string) Verdict {
	host := hostOf(route, domain)
	if faults := validation.IsDNS1123Subdomain(host); len(faults) > 0 {
		return refused(route, host, InvalidHost, fmt.Errorf("host %q: %s", host, faults[0]))
	}
	if !safePath.MatchString(route.Spec.Path) {
		return refused(route, host, Invalid, fmt.Errorf("spec.path %q is no plain path", route.Spec.Path))
	}
	if err := supported(route.Spec); err != nil {
		return refused(route, host, Unsupported, err)
	}
	if err := validCertificates(route.Spec.TLS); err != nil {
		return refused(route, host, Invalid, err)
	}
	return Verdict{Route: route, Host: host}
}

func hostOf(route *routev1.Route, domain string) string {
	if route.Spec.Host == "" && route.Spec.Subdomain != "" {
		return route.Spec.Subdomain + "." + domain
	}
	return route.Spec.Host
}

// supported names what OpenShift's router does and this one does not.
func supported(spec routev1.RouteSpec) error {
	switch {
	case spec.WildcardPolicy == routev1.WildcardPolicySubdomain:
		return errors.New("wildcard routes are not allowed")
	case len(spec.AlternateBackends) > 0:
		return errors.New("the sandbox's router does not support spec.alternateBackends")
	case spec.TLS == nil:
		return nil
	case spec.TLS.Termination == routev1.TLSTerminationPassthrough:
		return errors.New("the sandbox's router does not support passthrough termination; use edge or reencrypt")
	case spec.TLS.Termination == routev1.TLSTerminationReencrypt && spec.TLS.DestinationCACertificate == "":
		return errors.New("the sandbox has no service CA: reencrypt needs spec.tls.destinationCACertificate")
	case spec.TLS.ExternalCertificate != nil:
		return errors.New("the sandbox's router does not support spec.tls.externalCertificate; use certificate and key")
	}
	return nil
}

// validCertificates keeps from HAProxy what it can't read: it would then refuse the other routes, too.
func validCertificates(config *routev1.TLSConfig) error {
	if config == nil {
		return nil
	}
	if config.Certificate != "" || config.Key != "" {
		if _, err := tls.X509KeyPair([]byte(config.Certificate), []byte(config.Key)); err != nil {
			return fmt.Errorf("spec.tls.certificate and spec.tls.key: %w", err)
		}
	}
	for field, authority := range map[string]string{
		"caCertificate": config.CACertificate, "destinationCACertificate": config.DestinationCACertificate,
	} {
		if authority != "" && !x509.NewCertPool().AppendCertsFromPEM([]byte(authority)) {
			return fmt.Errorf("spec.tls.%s holds no certificate", field)
		}
	}
	return nil
}
