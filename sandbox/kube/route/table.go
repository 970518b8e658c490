package route

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	routev1 "github.com/openshift/api/route/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
)

// Table is what the router serves.
type Table struct {
	Entries  []Entry
	Verdicts []Verdict
}

// String counts what is served.
func (t Table) String() string {
	count := 0
	for _, entry := range t.Entries {
		count += len(entry.Servers)
	}
	return fmt.Sprintf("%d of %d routes, %d endpoints", len(t.Entries), len(t.Verdicts), count)
}

// Entry is one served route.
type Entry struct {
	Name          string // namespace:name
	Host          string
	Path          string // without a slash at its end
	TLS           *routev1.TLSConfig
	Timeout       time.Duration
	TunnelTimeout time.Duration
	Servers       []string
}

// Endpoints finds the slices of a service by namespace/name.
type Endpoints map[string][]*discoveryv1.EndpointSlice

// NewTable judges the routes; of those that claim the same host the oldest has it.
func NewTable(routes []*routev1.Route, endpoints Endpoints, domain string) Table {
	var table Table
	claims := claims{}
	for _, route := range byAge(routes) {
		verdict := judge(route, domain)
		if verdict.Admitted() {
			verdict = claims.claim(verdict)
		}
		if verdict.Admitted() {
			table.Entries = append(table.Entries, entry(verdict, endpoints))
		}
		table.Verdicts = append(table.Verdicts, verdict)
	}
	slices.SortFunc(table.Entries, mostSpecificFirst)
	return table
}

func entry(verdict Verdict, endpoints Endpoints) Entry {
	route := verdict.Route
	return Entry{
		Name:          route.Namespace + ":" + route.Name,
		Host:          verdict.Host,
		Path:          path(route),
		TLS:           route.Spec.TLS,
		Timeout:       timeout(route.Annotations[timeoutAnnotation], defaultTimeout),
		TunnelTimeout: timeout(route.Annotations[tunnelTimeoutAnnotation], defaultTunnelTimeout),
		Servers:       servers(route.Spec.Port, endpoints[route.Namespace+"/"+route.Spec.To.Name]),
	}
}

func path(route *routev1.Route) string { return strings.TrimSuffix(route.Spec.Path, "/") }

func byAge(routes []*routev1.Route) []*routev1.Route {
	return slices.SortedFunc(slices.Values(routes), func(a, b *routev1.Route) int {
		return cmp.Or(a.CreationTimestamp.Compare(b.CreationTimestamp.Time), cmp.Compare(a.UID, b.UID))
	})
}

// mostSpecificFirst keeps a host's longer paths ahead, for the first that matches is served.
func mostSpecificFirst(a, b Entry) int {
	return cmp.Or(cmp.Compare(a.Host, b.Host), cmp.Compare(len(b.Path), len(a.Path)), cmp.Compare(a.Path, b.Path))
}

// claims are the routes that have a host, by path: a host is its first namespace's alone.
type claims map[string]map[string]*routev1.Route

func (c claims) claim(verdict Verdict) Verdict {
	route, host := verdict.Route, verdict.Host
	for _, holder := range c[host] {
		if holder.Namespace != route.Namespace {
			return refused(route, host, HostAlreadyClaimed, fmt.Errorf("a route in another namespace holds %s", host))
		}
	}
	if holder, taken := c[host][path(route)]; taken {
		return refused(route, host, HostAlreadyClaimed, fmt.Errorf("route %s already exposes %s%s and is older", holder.Name, host, path(route)))
	}
	if c[host] == nil {
		c[host] = map[string]*routev1.Route{}
	}
	c[host][path(route)] = route
	return verdict
}
