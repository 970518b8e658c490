// Package route turns Routes and the endpoints of their services into what HAProxy serves, and says why a Route
// is not served. It knows nothing of a cluster or a process.
package route

import (
	"net"
	"slices"
	"strconv"

	routev1 "github.com/openshift/api/route/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/utils/ptr"
)

// servers are the addresses, host:port, of the ready endpoints on the route's port, in a fixed order.
func servers(port *routev1.RoutePort, endpointSlices []*discoveryv1.EndpointSlice) []string {
	var addresses []string
	for _, slice := range endpointSlices {
		for _, number := range portsOf(slice, port) {
			addresses = append(addresses, readyAddresses(slice, number)...)
		}
	}
	slices.Sort(addresses)
	return slices.Compact(addresses)
}

// portsOf are the numbers of the slice's ports that the route means: all, if it names none.
func portsOf(slice *discoveryv1.EndpointSlice, wanted *routev1.RoutePort) []int32 {
	var numbers []int32
	for _, port := range slice.Ports {
		if port.Port != nil && (wanted == nil || matches(port, wanted.TargetPort)) {
			numbers = append(numbers, *port.Port)
		}
	}
	return numbers
}

// matches compares with the port of the pods, or with the name that the service gives to it.
func matches(port discoveryv1.EndpointPort, wanted intstr.IntOrString) bool {
	if wanted.Type == intstr.String && wanted.StrVal == ptr.Deref(port.Name, "") {
		return true
	}
	return int(*port.Port) == wanted.IntValue()
}

func readyAddresses(slice *discoveryv1.EndpointSlice, port int32) []string {
	var addresses []string
	for _, endpoint := range slice.Endpoints {
		if !ptr.Deref(endpoint.Conditions.Ready, true) {
			continue
		}
		for _, address := range endpoint.Addresses {
			addresses = append(addresses, net.JoinHostPort(address, strconv.Itoa(int(port))))
		}
	}
	return addresses
}
