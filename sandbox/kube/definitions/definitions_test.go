package definitions

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func printed(t *testing.T, options Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := options.print(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestEachFlavourHasItsDefaultStorageClass(t *testing.T) {
	for flavour, class := range map[string]string{
		"aws": "gp3-csi", "cnv": "ocs-external-storagecluster-ceph-rbd", "plain": "standard",
	} {
		out := printed(t, Options{Stages: []string{"objects"}, Flavour: flavour})
		want := "    storageclass.kubernetes.io/is-default-class: \"true\"\n  name: " + class + "\n"
		if strings.Count(out, want) != 1 || strings.Count(out, "kind: StorageClass") != 1 {
			t.Errorf("%s: got %s", flavour, out)
		}
	}
}

func TestThePlatformStandsInTheStatusAlone(t *testing.T) {
	objects := printed(t, Options{Stages: []string{"objects"}, Flavour: "aws"})
	status := printed(t, Options{Stages: []string{"status"}, Flavour: "aws"})
	if strings.Contains(objects, "status:") || strings.Contains(status, "spec:") || !strings.Contains(status, "platformStatus:\n    type: AWS\n") {
		t.Errorf("objects:\n%s\nstatus:\n%s", objects, status)
	}
}

func TestPlainHasNothingOfOpenShift(t *testing.T) {
	if out := printed(t, Options{Stages: stageNames(), Flavour: "plain"}); strings.Contains(out, "openshift") {
		t.Errorf("got %s", out)
	}
}

func TestPlainAloneHasAnIngressClassWhichIsTheDefault(t *testing.T) {
	want := "    ingressclass.kubernetes.io/is-default-class: \"true\"\n  name: traefik\nspec:\n  controller: traefik.io/ingress-controller\n"
	for flavour, count := range map[string]int{"aws": 0, "cnv": 0, "plain": 1} {
		if out := printed(t, Options{Stages: []string{"objects"}, Flavour: flavour}); strings.Count(out, want) != count {
			t.Errorf("%s: got %s", flavour, out)
		}
	}
}

func TestAVolumeOfPlainKeepsItsSize(t *testing.T) {
	for flavour, allowed := range map[string]string{"aws": "true", "cnv": "true", "plain": "false"} {
		if out := printed(t, Options{Stages: []string{"objects"}, Flavour: flavour}); !strings.Contains(out, "allowVolumeExpansion: "+allowed) {
			t.Errorf("%s: got %s", flavour, out)
		}
	}
}

func TestTheWebhooksAreCalledAtTheirAddress(t *testing.T) {
	ca := filepath.Join(t.TempDir(), "ca.crt")
	if err := os.WriteFile(ca, []byte("authority"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := printed(t, Options{Stages: []string{"webhooks"}, Flavour: "aws", WebhookURL: "https://127.0.0.1:9443", CA: ca})
	if strings.Count(out, "url: https://127.0.0.1:9443/") != 4 || strings.Count(out, "failurePolicy: Fail") != 4 || strings.Contains(out, "status") {
		t.Errorf("got %s", out)
	}
}

func TestWrongOptionsAreNamed(t *testing.T) {
	for message, options := range map[string]Options{
		`there is no flavour "gcp"; choose one of [aws cnv plain]`: {Flavour: "gcp"},
		`there is no stage "crd"`:                                  {Flavour: "aws", Stages: []string{"crd"}},
		"no CustomResourceDefinition in /nowhere":                  {Flavour: "aws", Stages: []string{"crds"}, CRDs: "/nowhere"},
		"--webhook-url needs --ca":                                 {Flavour: "aws", Stages: []string{"webhooks"}, WebhookURL: "https://127.0.0.1"},
	} {
		if err := options.print(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), message) {
			t.Errorf("want %s, got %v", message, err)
		}
	}
}
