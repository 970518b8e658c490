package route

import (
	"testing"
	"time"

	routev1 "github.com/openshift/api/route/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func TestAnAdmittedRouteSaysSoOnce(t *testing.T) {
	verdict := Verdict{Route: made("web", 1, nil), Host: "web.apps.sandbox.test"}
	ingress, news := verdict.Status(domain, metav1.Now())
	if !news || ingress[0].Conditions[0].Status != corev1.ConditionTrue || ingress[0].RouterCanonicalHostname != "router-default.apps.sandbox.test" {
		t.Fatalf("got %+v, %t", ingress, news)
	}
	verdict.Route.Status.Ingress = ingress
	if _, news := verdict.Status(domain, metav1.NewTime(time.Now().Add(time.Hour))); news {
		t.Error("the same verdict later is no news")
	}
}

func TestAnotherRoutersWordStays(t *testing.T) {
	verdict := Verdict{Route: made("web", 1, nil), Host: "web.apps.sandbox.test", Reason: Unsupported, Message: "why"}
	verdict.Route.Status.Ingress = []routev1.RouteIngress{{RouterName: "other"}, {RouterName: "default"}}
	ingress, news := verdict.Status(domain, metav1.Now())
	if !news || len(ingress) != 2 || ingress[0].RouterName != "other" {
		t.Fatalf("got %+v, %t", ingress, news)
	}
	if condition := ingress[1].Conditions[0]; condition.Status != corev1.ConditionFalse || condition.Reason != Unsupported || condition.Message != "why" {
		t.Errorf("got %+v", condition)
	}
}
