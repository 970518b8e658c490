package definitions

import (
	"errors"
	"fmt"
	"os"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/utils/ptr"
)

// inApplications keeps the platform's own namespaces out, in the API server: it must start without the webhook.
// The name of a namespace being created is the request's name, not its namespace.
const inApplications = `!(object != null && object.kind == "Namespace" ? object.metadata.name : request.namespace)` +
	`.matches("^(default|kube-.*|openshift|openshift-.*)$")`

// webhookConfigurations make the API server ask `kube admission`.
func webhookConfigurations(options Options) ([]runtime.Object, error) {
	if options.Flavour == plain || options.WebhookURL == "" {
		return nil, nil
	}
	if options.CA == "" {
		return nil, errors.New("--webhook-url needs --ca, the file of the authority that signed its certificate")
	}
	ca, err := os.ReadFile(options.CA)
	if err != nil {
		return nil, fmt.Errorf("the webhook's certificate authority: %w", err)
	}
	return []runtime.Object{mutating(options.WebhookURL, ca), validating(options.WebhookURL, ca)}, nil
}

func mutating(url string, ca []byte) runtime.Object {
	const create, update = admissionv1.Create, admissionv1.Update
	webhook := func(name, path string, rules ...admissionv1.RuleWithOperations) admissionv1.MutatingWebhook {
		return admissionv1.MutatingWebhook{
			Name:                    name,
			ClientConfig:            admissionv1.WebhookClientConfig{URL: ptr.To(url + path), CABundle: ca},
			Rules:                   rules,
			MatchConditions:         []admissionv1.MatchCondition{{Name: "in-applications", Expression: inApplications}},
			FailurePolicy:           ptr.To(admissionv1.Fail),
			SideEffects:             ptr.To(admissionv1.SideEffectClassNone),
			AdmissionReviewVersions: []string{"v1"},
		}
	}
	return &admissionv1.MutatingWebhookConfiguration{
		TypeMeta:   metav1.TypeMeta{APIVersion: "admissionregistration.k8s.io/v1", Kind: "MutatingWebhookConfiguration"},
		ObjectMeta: metav1.ObjectMeta{Name: "openshift"},
		Webhooks: []admissionv1.MutatingWebhook{
			webhook("namespaces.openshift.sandbox.test", "/default/namespace", rule("", "namespaces", create)),
			webhook("pods.openshift.sandbox.test", "/default/pod", podRules()...),
			webhook("routes.openshift.sandbox.test", "/default/route", rule("route.openshift.io", "routes", create, update)),
		},
	}
}

func validating(url string, ca []byte) runtime.Object {
	return &admissionv1.ValidatingWebhookConfiguration{
		TypeMeta:   metav1.TypeMeta{APIVersion: "admissionregistration.k8s.io/v1", Kind: "ValidatingWebhookConfiguration"},
		ObjectMeta: metav1.ObjectMeta{Name: "openshift"},
		Webhooks: []admissionv1.ValidatingWebhook{{
			Name:                    "scc.openshift.sandbox.test",
			ClientConfig:            admissionv1.WebhookClientConfig{URL: ptr.To(url + "/validate/pod"), CABundle: ca},
			Rules:                   podRules(),
			MatchConditions:         []admissionv1.MatchCondition{{Name: "in-applications", Expression: inApplications}},
			FailurePolicy:           ptr.To(admissionv1.Fail),
			SideEffects:             ptr.To(admissionv1.SideEffectClassNone),
			AdmissionReviewVersions: []string{"v1"},
		}},
	}
}

func podRules() []admissionv1.RuleWithOperations {
	return []admissionv1.RuleWithOperations{
		rule("", "pods", admissionv1.Create),
		rule("", "pods/ephemeralcontainers", admissionv1.Update),
	}
}

func rule(group, resource string, operations ...admissionv1.OperationType) admissionv1.RuleWithOperations {
	return admissionv1.RuleWithOperations{
		Operations: operations,
		Rule:       admissionv1.Rule{APIGroups: []string{group}, APIVersions: []string{"v1"}, Resources: []string{resource}},
	}
}
