package policies

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	networkv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

func pod(namespace, app, address string) *corev1.Pod {
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: app, Labels: map[string]string{"app": app}},
		Status:     corev1.PodStatus{PodIP: address},
	}
}

func namespace(name string) *corev1.Namespace {
	set := map[string]string{"kubernetes.io/metadata.name": name}
	return &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name, Labels: set}}
}

// rules of a policy in namespace shop, where web is 10.0.0.1 and db 10.0.0.2; in namespace desk, web is 10.0.0.3.
func rules(t *testing.T, spec string) string {
	t.Helper()
	policy := &networkv1.NetworkPolicy{ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: "policy"}}
	if err := yaml.Unmarshal([]byte(spec), &policy.Spec); err != nil {
		t.Fatal(err)
	}
	pods := []*corev1.Pod{pod("desk", "web", "10.0.0.3"), pod("shop", "db", "10.0.0.2"), pod("shop", "web", "10.0.0.1")}
	n := newNetwork(pods, []*corev1.Namespace{namespace("shop"), namespace("desk")})
	return strings.Join(strings.Fields(ruleset(n, []*networkv1.NetworkPolicy{policy})), " ")
}

func TestWhatNoPolicySelectsIsLeftAlone(t *testing.T) {
	got := rules(t, `{podSelector: {matchLabels: {app: none}}, policyTypes: [Ingress, Egress]}`)
	if strings.Contains(got, "drop") || strings.Contains(got, "10.0.0.") {
		t.Errorf("got %s", got)
	}
}

func TestARuleAllowsItsPeersOnItsPorts(t *testing.T) {
	for spec, want := range map[string]string{
		`{podSelector: {}, policyTypes: [Ingress]}`: "chain in-10-0-0-1 { drop } chain in-10-0-0-2 { drop }",
		`{podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]}`:                                                 "chain in-10-0-0-2 { ip saddr { 10.0.0.1 } tcp dport 5432 return drop }",
		`{podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {}}]}]}`:                                                                                         "chain in-10-0-0-2 { ip saddr { 10.0.0.1, 10.0.0.2, 10.0.0.3 } return drop }",
		`{podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: desk}}, podSelector: {matchLabels: {app: web}}}]}]}`: "chain in-10-0-0-2 { ip saddr { 10.0.0.3 } return drop }",
		`{podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {app: none}}}]}]}`:                                                                       "chain in-10-0-0-2 { drop }",
		`{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{ports: [{port: 53, protocol: UDP}, {port: 8000, endPort: 9000}]}]}`:                                                          "chain out-10-0-0-1 { udp dport 53 return tcp dport 8000-9000 return drop }",
		`{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.0.0/16]}}, {ipBlock: {cidr: "::/0"}}]}]}`:                                  "chain out-10-0-0-1 { ip daddr 0.0.0.0/0 ip daddr != { 169.254.0.0/16 } return drop }",
		`{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{}]}`:                                                                                                                         "chain out-10-0-0-1 { return drop }",
		`{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{ports: [{port: http}]}]}`:                                                                                                    "chain out-10-0-0-1 { drop }",
		`{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{ports: [{protocol: SCTP}]}]}`:                                                                                                "chain out-10-0-0-1 { meta l4proto sctp return drop }",
	} {
		if got := rules(t, spec); !strings.Contains(got, want) {
			t.Errorf("%s:\nwant %s\ngot  %s", spec, want, got)
		}
	}
}

func TestAPodThatHasEndedOrIsTheNodesHasNoAddressOfItsOwn(t *testing.T) {
	ended, host := pod("shop", "db", "10.0.0.2"), pod("shop", "db", "10.0.0.3")
	ended.Status.Phase, host.Spec.HostNetwork = corev1.PodFailed, true
	if n := newNetwork([]*corev1.Pod{ended, host, pod("shop", "db", "")}, nil); len(n.pods) != 0 {
		t.Errorf("got %v", n.pods)
	}
}
