package route

import (
	"slices"

	routev1 "github.com/openshift/api/route/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"
)

// routerName is that of the router every OpenShift cluster has.
const routerName = "default"

// Status is what the router says on the route, and whether that is news.
func (v Verdict) Status(domain string, now metav1.Time) ([]routev1.RouteIngress, bool) {
	said := v.ingress(domain, now)
	ingresses := slices.Clone(v.Route.Status.Ingress) // other routers have their say, too
	index := slices.IndexFunc(ingresses, func(i routev1.RouteIngress) bool { return i.RouterName == routerName })
	if index < 0 {
		return append(ingresses, said), true
	}
	if same(ingresses[index], said) {
		return nil, false
	}
	ingresses[index] = said
	return ingresses, true
}

func (v Verdict) ingress(domain string, now metav1.Time) routev1.RouteIngress {
	admitted := corev1.ConditionTrue
	if !v.Admitted() {
		admitted = corev1.ConditionFalse
	}
	return routev1.RouteIngress{
		Host:                    v.Host,
		RouterName:              routerName,
		RouterCanonicalHostname: "router-" + routerName + "." + domain,
		WildcardPolicy:          routev1.WildcardPolicyNone,
		Conditions: []routev1.RouteIngressCondition{{
			Type: routev1.RouteAdmitted, Status: admitted, Reason: v.Reason, Message: v.Message, LastTransitionTime: ptr.To(now),
		}},
	}
}

// same compares what is said, not when.
func same(a, b routev1.RouteIngress) bool {
	sameCondition := func(a, b routev1.RouteIngressCondition) bool {
		return a.Type == b.Type && a.Status == b.Status && a.Reason == b.Reason && a.Message == b.Message
	}
	return a.Host == b.Host && a.RouterCanonicalHostname == b.RouterCanonicalHostname &&
		slices.EqualFunc(a.Conditions, b.Conditions, sameCondition)
}
