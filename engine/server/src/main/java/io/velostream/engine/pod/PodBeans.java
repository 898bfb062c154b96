package io.velostream.engine.pod;

import io.velostream.engine.config.ConfigDocument;
import io.velostream.engine.config.ConfigReader;
import io.velostream.engine.config.ConfigReading;
import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.config.PodResources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** Makes what the environment and the configuration file say available to the rest of the server. */
@ApplicationScoped
class PodBeans {

    @Produces
    @Singleton
    PodEnvironment environment(Config config) {
        return new PodEnvironment(
                Path.of(config.getValue("velo.config", String.class)),
                config.getOptionalValue("velo.jobs.dir", String.class).map(Path::of),
                config.getOptionalValue("velo.admin.token.file", String.class).map(Path::of),
                Path.of(config.getOptionalValue("velo.state.dir", String.class).orElse("/var/lib/velostream/state")),
                config.getOptionalValue("pod.name", String.class).orElse("velostream-0"));
    }

    @Produces
    @Singleton
    ConfigDocument configDocument(PodEnvironment environment) {
        return switch (ConfigReader.read(environment.configFile(), PodResources.ofThisProcess())) {
            case ConfigReading.Valid valid -> valid.document();
            case ConfigReading.Refused refused ->
                throw new IllegalStateException(refused.problems().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining("; ", "The configuration is refused: ", "")));
        };
    }

    @Produces
    @Singleton
    EngineConfig engineConfig(ConfigDocument document) {
        return document.config();
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
