package route

import (
	"regexp"
	"strconv"
	"time"
)

const (
	timeoutAnnotation       = "haproxy.router.openshift.io/timeout"
	tunnelTimeoutAnnotation = "haproxy.router.openshift.io/timeout-tunnel"

	defaultTimeout       = 30 * time.Second
	defaultTunnelTimeout = time.Hour
	longestTimeout       = (1<<31 - 1) * time.Millisecond // HAProxy counts milliseconds in 31 bits
)

var (
	duration = regexp.MustCompile(`^([1-9][0-9]*)(us|ms|s|m|h|d)?$`)
	units    = map[string]time.Duration{
		"us": time.Microsecond, "": time.Millisecond, "ms": time.Millisecond, "s": time.Second,
		"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour,
	}
)

// timeout reads a duration as HAProxy writes it; as on OpenShift, what is no duration counts for nothing.
func timeout(text string, otherwise time.Duration) time.Duration {
	parts := duration.FindStringSubmatch(text)
	if parts == nil {
		return otherwise
	}
	unit := units[parts[2]]
	count, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil || count > int64(longestTimeout/unit) {
		return longestTimeout
	}
	return time.Duration(count) * unit
}
