package io.velostream.local.controllers;

/** Whose controllers run against an API server. */
public enum ControllerChoice {
    /** The real kube-controller-manager when it lies beside the real API server, else our own. */
    AUTO,
    /** The real kube-controller-manager, or an error. */
    REAL,
    /** Our own, on whichever API server. */
    OWN
}
