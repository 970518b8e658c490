package route

import (
	"reflect"
	"testing"

	routev1 "github.com/openshift/api/route/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/utils/ptr"
)

func endpoint(address string, ready *bool) discoveryv1.Endpoint {
	return discoveryv1.Endpoint{Addresses: []string{address}, Conditions: discoveryv1.EndpointConditions{Ready: ready}}
}

var someSlices = []*discoveryv1.EndpointSlice{{
	Ports: []discoveryv1.EndpointPort{
		{Name: ptr.To("http"), Port: ptr.To[int32](4000)}, {Name: ptr.To("metrics"), Port: ptr.To[int32](9090)},
	},
	Endpoints: []discoveryv1.Endpoint{endpoint("10.0.0.2", ptr.To(true)), endpoint("10.0.0.3", ptr.To(false)), endpoint("10.0.0.1", nil)},
}}

func TestServersAreTheReadyEndpointsOnTheRoutesPort(t *testing.T) {
	want := []string{"10.0.0.1:4000", "10.0.0.2:4000"}
	for _, port := range []intstr.IntOrString{intstr.FromString("http"), intstr.FromInt32(4000), intstr.FromString("4000")} {
		if got := servers(&routev1.RoutePort{TargetPort: port}, someSlices); !reflect.DeepEqual(got, want) {
			t.Errorf("port %v: got %v, want %v", port, got, want)
		}
	}
}

func TestAnUnknownPortHasNoServers(t *testing.T) {
	if got := servers(&routev1.RoutePort{TargetPort: intstr.FromString("https")}, someSlices); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestARouteWithoutPortMeansAllPorts(t *testing.T) {
	if got := servers(nil, someSlices); len(got) != 4 {
		t.Errorf("got %v", got)
	}
}

func TestAnEndpointInTwoSlicesIsOneServer(t *testing.T) {
	twice := append(someSlices, someSlices...)
	if got := servers(&routev1.RoutePort{TargetPort: intstr.FromString("http")}, twice); len(got) != 2 {
		t.Errorf("got %v", got)
	}
}
