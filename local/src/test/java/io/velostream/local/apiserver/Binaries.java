package io.velostream.local.apiserver;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Skips tests that need programs of Kubernetes, with the reason. */
public final class Binaries {
    private Binaries() {}

    public static void assumeApiServer() {
        assumeTrue(KubernetesBinaries.find().isPresent(), KubernetesBinaries.HOW_TO_GET);
    }

    public static void assumeControllerManager() {
        assumeApiServer();
        assumeTrue(
                KubernetesBinaries.find()
                        .flatMap(KubernetesBinaries::controllerManager)
                        .isPresent(),
                "No kube-controller-manager lies beside the kube-apiserver");
    }
}
