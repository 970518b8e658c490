package route

import (
	"testing"
	"time"
)

func TestTimeouts(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"600s": 600 * time.Second, "5m": 5 * time.Minute, "250": 250 * time.Millisecond, "2h": 2 * time.Hour,
		"": time.Minute, "0s": time.Minute, "5 s": time.Minute, "-1s": time.Minute, "1s\ninjected": time.Minute,
		"100d": longestTimeout, "99999999999999999999s": longestTimeout,
	} {
		if got := timeout(text, time.Minute); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}
