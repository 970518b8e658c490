package admission

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	admissionv1 "k8s.io/api/admission/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"

	"sandbox.test/kube/scc"
)

// namespaces stands for the cluster's, which all have a block.
type namespaces struct {
	corev1client.NamespaceInterface
	blocks map[string]scc.Block
}

func (n namespaces) Get(_ context.Context, name string, _ metav1.GetOptions) (*corev1.Namespace, error) {
	return &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name, Annotations: scc.NamespaceAnnotations(n.blocks[name])}}, nil
}

func (n namespaces) List(ctx context.Context, _ metav1.ListOptions) (*corev1.NamespaceList, error) {
	list := &corev1.NamespaceList{}
	for name := range n.blocks {
		namespace, _ := n.Get(ctx, name, metav1.GetOptions{})
		list.Items = append(list.Items, *namespace)
	}
	return list, nil
}

// ask posts a request to the webhook as the API server does.
func ask(t *testing.T, in namespaces, path string, request admissionv1.AdmissionRequest) *admissionv1.AdmissionResponse {
	t.Helper()
	request.UID = "1"
	body, err := json.Marshal(admissionv1.AdmissionReview{Request: &request})
	if err != nil {
		t.Fatal(err)
	}
	recorder := httptest.NewRecorder()
	newHandler(in, "apps.sandbox.test").ServeHTTP(recorder, httptest.NewRequest(http.MethodPost, path, bytes.NewReader(body)))
	var review admissionv1.AdmissionReview
	if err := json.Unmarshal(recorder.Body.Bytes(), &review); err != nil {
		t.Fatalf("%v: %s", err, recorder.Body)
	}
	if review.Response.UID != "1" {
		t.Errorf("the answer is to request %q", review.Response.UID)
	}
	return review.Response
}

func object(text string) runtime.RawExtension { return runtime.RawExtension{Raw: []byte(text)} }

func TestANamespaceGetsABlockThatIsFree(t *testing.T) {
	first := scc.Allocate("litemaas", nil)
	response := ask(t, namespaces{blocks: map[string]scc.Block{"other": first}}, "/default/namespace",
		admissionv1.AdmissionRequest{Object: object(`{"metadata": {"name": "litemaas", "labels": {"team": "a"}}}`)})
	for _, want := range []string{(first + 1).UIDs().String(), `"team":"a"`, `"pod-security.kubernetes.io/enforce":"restricted"`} {
		if !strings.Contains(string(response.Patch), want) {
			t.Errorf("%s is missing in %s", want, response.Patch)
		}
	}
}

func TestAPlatformsNamespaceIsLeftAlone(t *testing.T) {
	response := ask(t, namespaces{}, "/default/namespace", admissionv1.AdmissionRequest{Object: object(`{"metadata": {"name": "kube-system"}}`)})
	if !response.Allowed || response.Patch != nil {
		t.Errorf("got %s", response.Patch)
	}
}

func TestAPodGetsItsNamespacesUser(t *testing.T) {
	response := ask(t, namespaces{blocks: map[string]scc.Block{"litemaas": 66}}, "/default/pod",
		admissionv1.AdmissionRequest{Namespace: "litemaas", Object: object(`{"spec": {"containers": [{"name": "web"}]}}`)})
	if !response.Allowed || !strings.Contains(string(response.Patch), `"runAsUser":1000660000`) {
		t.Errorf("got %+v: %s", response, response.Patch)
	}
}

func TestAPodThatAsksForRootIsForbidden(t *testing.T) {
	root := object(`{"spec": {"containers": [{"name": "web", "securityContext": {"runAsUser": 0}}]}}`)
	for _, path := range []string{"/default/pod", "/validate/pod"} {
		response := ask(t, namespaces{blocks: map[string]scc.Block{"litemaas": 66}}, path, admissionv1.AdmissionRequest{Namespace: "litemaas", Object: root})
		if response.Allowed || response.Result.Reason != metav1.StatusReasonForbidden || !strings.Contains(response.Result.Message, "security context constraint") {
			t.Errorf("%s: got %+v", path, response)
		}
	}
}

func TestANewRouteGetsItsHost(t *testing.T) {
	response := ask(t, namespaces{}, "/default/route", admissionv1.AdmissionRequest{
		Operation: admissionv1.Create, Object: object(`{"metadata": {"name": "litellm", "namespace": "litemaas"}, "spec": {}}`),
	})
	for _, want := range []string{`"litellm-litemaas.apps.sandbox.test"`, `"openshift.io/host.generated":"true"`, `"None"`} {
		if !strings.Contains(string(response.Patch), want) {
			t.Errorf("%s is missing in %s", want, response.Patch)
		}
	}
}

func TestARouteKeepsItsHost(t *testing.T) {
	response := ask(t, namespaces{}, "/default/route", admissionv1.AdmissionRequest{
		Operation: admissionv1.Update,
		Object:    object(`{"metadata": {"name": "litellm"}, "spec": {"wildcardPolicy": "None"}}`),
		OldObject: object(`{"metadata": {"name": "litellm"}, "spec": {"host": "chosen.apps.sandbox.test"}}`),
	})
	if got, want := string(response.Patch), `[{"op":"add","path":"/spec/host","value":"chosen.apps.sandbox.test"}]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestARouteWithHostIsLeftAlone(t *testing.T) {
	response := ask(t, namespaces{}, "/default/route", admissionv1.AdmissionRequest{
		Operation: admissionv1.Create, Object: object(`{"spec": {"host": "chosen.apps.sandbox.test", "wildcardPolicy": "None"}}`),
	})
	if !response.Allowed || response.Patch != nil {
		t.Errorf("got %s", response.Patch)
	}
}
