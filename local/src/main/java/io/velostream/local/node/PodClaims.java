package io.velostream.local.node;

import java.nio.file.Path;

/** Where the data of persistent volume claims lies on this node. */
interface PodClaims {
    /**
     * The directory of a claim, which outlives its pods.
     *
     * @throws ContainerConfigException when the claim does not exist
     */
    Path directory(String namespace, String claim) throws ContainerConfigException;
}
