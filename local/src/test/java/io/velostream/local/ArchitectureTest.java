package io.velostream.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.velostream.local");

    @Test
    void knowsNothingAboutVelostream() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "belong to another module of this project",
                        type -> type.getPackageName().startsWith("io.velostream.")
                                && !type.getPackageName().startsWith("io.velostream.local")))
                .check(classes);
    }

    @Test
    void hasNoCyclesBetweenItsPackages() {
        slices().matching("io.velostream.local.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void drivesPodsThroughTheApiOnly() {
        noClasses()
                .that()
                .resideInAnyPackage("io.velostream.local.node..", "io.velostream.local.kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.velostream.local.apiserver..", "io.velostream.local.controllers..")
                .check(classes);
    }

    @Test
    void keepsKafkaOutOfKubernetes() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.velostream.local.kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "kafka..")
                .check(classes);
    }
}
