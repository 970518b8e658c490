package cluster

import "k8s.io/client-go/tools/cache"

// Changes holds at most one word: look again.
type Changes chan struct{}

// NewChanges begins with nothing to look at.
func NewChanges() Changes {
	return make(Changes, 1)
}

// Handler notices every change that an informer tells.
func (c Changes) Handler() cache.ResourceEventHandler {
	return cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { c.Notice() },
		UpdateFunc: func(any, any) { c.Notice() },
		DeleteFunc: func(any) { c.Notice() },
	}
}

// Notice says that there is something new to look at.
func (c Changes) Notice() {
	select {
	case c <- struct{}{}:
	default: // a look is due already
	}
}
