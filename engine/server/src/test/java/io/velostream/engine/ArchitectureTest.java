package io.velostream.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The borders of the server; see docs/architecture.md. */
@AnalyzeClasses(
        packages = "io.velostream.engine",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {

    /** The runtime's tests are on the class path too, for their fake registry. */
    static final class WithoutTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule serverKnowsNothingOfKubernetes = noClasses()
            .that()
            .resideInAnyPackage("io.velostream.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.velostream.operator..", "io.velostream.local..", "io.fabric8..");

    @ArchTest
    static final ArchRule adminReachesKafkaOnlyThroughTheRegistry = noClasses()
            .that()
            .resideInAPackage("io.velostream.engine.admin..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule podKnowsNothingOfHttp = noClasses()
            .that()
            .resideInAPackage("io.velostream.engine.pod..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.velostream.engine.admin..", "jakarta.ws.rs..", "io.vertx..");

    @ArchTest
    static final ArchRule configurationAndStatisticsKnowNothingOfTheServer = noClasses()
            .that()
            .resideInAnyPackage("io.velostream.engine.config..", "io.velostream.engine.stats..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.velostream.engine.admin..", "io.velostream.engine.pod..", "io.quarkus..", "jakarta..");

    @ArchTest
    static final ArchRule adminResourcesAreGuarded = classes()
            .that()
            .resideInAPackage("io.velostream.engine.admin")
            .and()
            .areAnnotatedWith(jakarta.ws.rs.Path.class)
            .and()
            .doNotHaveSimpleName("HealthResource")
            .and()
            .doNotHaveSimpleName("MetricsResource")
            .should()
            .beAnnotatedWith(io.velostream.engine.admin.access.AdminOnly.class);
}
