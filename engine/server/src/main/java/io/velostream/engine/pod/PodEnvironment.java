package io.velostream.engine.pod;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the pod's environment says; see the pod contract.
 *
 * @param configFile {@code --config} or {@code VELO_CONFIG}
 * @param jobsDirectory {@code VELO_JOBS_DIR}
 * @param adminTokenFile {@code VELO_ADMIN_TOKEN_FILE}
 * @param stateDirectory {@code VELO_STATE_DIR}
 * @param podName {@code POD_NAME}; the number at its end is the ordinal
 */
public record PodEnvironment(
        Path configFile,
        Optional<Path> jobsDirectory,
        Optional<Path> adminTokenFile,
        Path stateDirectory,
        String podName) {

    /** The pod's place in its StatefulSet; 0 for a name without a number. */
    public int ordinal() {
        int hyphen = podName.lastIndexOf('-');
        String end = podName.substring(hyphen + 1);
        return hyphen >= 0 && end.matches("[0-9]{1,6}") ? Integer.parseInt(end) : 0;
    }
}
