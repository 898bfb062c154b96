package io.velostream.crd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.velostream.crd", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theModelKnowsFabric8AndJacksonOnly = classes()
            .that()
            .resideInAPackage("io.velostream.crd.v1alpha1")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.annotation.processing..",
                    "io.velostream.crd.v1alpha1",
                    "io.fabric8.kubernetes..",
                    "io.fabric8.generator.annotation..",
                    "io.fabric8.crd.generator.annotation..",
                    "com.fasterxml.jackson..",
                    "io.soabase.recordbuilder.core..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule nothingNeedsTheGenerator = noClasses()
            .that()
            .resideOutsideOfPackage("io.velostream.crd.generator")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.velostream.crd.generator", "io.fabric8.crdv2..");
}
