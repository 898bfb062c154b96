package io.velostream.local.controllers;

import io.fabric8.kubernetes.client.KubernetesClient;

/** Our own controllers. */
final class OwnControllers implements AutoCloseable {
    static OwnControllers start(KubernetesClient client) {
        throw new IllegalStateException(
                "No kube-controller-manager beside the kube-apiserver, for " + client.getMasterUrl());
    }

    @Override
    public void close() {}
}
