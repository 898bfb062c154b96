package io.velostream.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What judges the systems must not share code with them. */
@AnalyzeClasses(packages = "io.velostream.bench", importOptions = DoNotIncludeTests.class)
class BordersTest {
    @ArchTest
    static final ArchRule oracleIsIndependentOfEverySystem = noClasses()
            .that()
            .resideInAnyPackage("..bench.data..", "..bench.oracle..", "..bench.query..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..bench.system..",
                    "..bench.ceiling..",
                    "io.velostream.engine..",
                    "org.apache.flink..",
                    "org.apache.kafka..");

    @ArchTest
    static final ArchRule peersAreUsedByTheirAdaptersOnly = noClasses()
            .that()
            .resideOutsideOfPackage("..bench.system..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..", "org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule ceilingUsesOnlyKafkaClients = noClasses()
            .that()
            .resideInAPackage("..bench.ceiling..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.velostream.engine..", "org.apache.kafka.streams..", "com.fasterxml..");
}
