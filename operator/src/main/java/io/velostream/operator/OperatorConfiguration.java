package io.velostream.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The operator's own settings, below {@code velostream.}; as environment variables {@code VELOSTREAM_ENGINE_IMAGE} and so on. */
@ConfigMapping(prefix = "velostream")
public interface OperatorConfiguration {

    /** The pods. */
    Engine engine();

    /** How often the operator looks. */
    Intervals intervals();

    /** Which of several operators works. */
    LeaderElection leaderElection();

    /** How this operator names itself in events, such as by its pod. */
    @WithDefault("operator")
    String instance();

    /** Directory of the pause points of crash tests; absent: there are none. */
    Optional<Path> pausePoints();

    /** The pods. */
    interface Engine {

        /** Image of clusters that name none, resolved once when a cluster is created. */
        String image();

        /** Port of the admin API. */
        @WithDefault("8080")
        int port();

        /** Requests of the container where the spec names no resources. */
        Map<String, String> requests();

        /** Limits of the container where the spec names no resources. */
        Map<String, String> limits();

        /** Share of the memory limit that the heap may use. */
        @WithDefault("60")
        int heapPercent();

        /** Whether podTemplate may ask for hostPath, hostNetwork, privileged or another ServiceAccount. */
        @WithDefault("false")
        boolean unsafePodTemplates();

        /** Time for a connection to a pod. */
        @WithDefault("2s")
        Duration connectTimeout();

        /** Time for a pod's answer. */
        @WithDefault("5s")
        Duration requestTimeout();

        /** Further attempts of a call that may be repeated. */
        @WithDefault("2")
        int retries();
    }

    /** How often the operator looks. */
    interface Intervals {

        /** While something is on its way. */
        @WithDefault("1s")
        Duration working();

        /** When everything is as it should be. */
        @WithDefault("15s")
        Duration steady();
    }

    /** Which of several operators works. */
    interface LeaderElection {

        /** Off where only one operator can be, as on a developer's machine. */
        @WithDefault("true")
        boolean enabled();

        /** Name of the Lease. */
        @WithDefault("velostream-operator")
        String leaseName();

        /** Namespace of the Lease; absent: the operator's own. */
        Optional<String> leaseNamespace();

        /** How long a leader is trusted without a sign of life. */
        @WithDefault("15s")
        Duration leaseDuration();

        /** How long a leader tries to renew before it gives up. */
        @WithDefault("10s")
        Duration renewDeadline();

        /** Between two attempts. */
        @WithDefault("2s")
        Duration retryPeriod();
    }
}
