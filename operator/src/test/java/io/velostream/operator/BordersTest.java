package io.velostream.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.velostream.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {

    @ArchTest
    static final ArchRule knowsOfTheEngineOnlyItsCompiler = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.velostream.engine.runtime..",
                    "io.velostream.engine.job..",
                    "io.velostream.engine.config..",
                    "io.velostream.engine.admin..",
                    "io.velostream.engine.format..");

    @ArchTest
    static final ArchRule onlyTheEnginePortSpeaksHttp = noClasses()
            .that()
            .resideOutsideOfPackage("io.velostream.operator.engine")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..");

    @ArchTest
    static final ArchRule onlyTheKafkaPortSpeaksToKafka = noClasses()
            .that()
            .resideOutsideOfPackage("io.velostream.operator.kafka")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule onlyTheJobPackageCompilesSql = noClasses()
            .that()
            .resideOutsideOfPackage("io.velostream.operator.job")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.velostream.engine..");

    @ArchTest
    static final ArchRule decisionsAreMadeWithoutAClient = noClasses()
            .that()
            .haveSimpleNameEndingWith("Planner")
            .or()
            .haveSimpleName("Scaling")
            .or()
            .haveSimpleName("Rollout")
            .or()
            .haveSimpleName("Stopping")
            .or()
            .haveSimpleName("ProcessingRestart")
            .or()
            .haveSimpleName("JobSteps")
            .or()
            .haveSimpleName("ConfigDeployment")
            .or()
            .haveSimpleNameStartingWith("Maintenance")
            .or()
            .haveSimpleNameEndingWith("Conditions")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..");

    @ArchTest
    static final ArchRule portsKnowNothingOfReconcilers = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.velostream.operator.engine",
                    "io.velostream.operator.kafka",
                    "io.velostream.operator.resource",
                    "io.velostream.operator.status")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.velostream.operator.cluster", "io.velostream.operator.job", "io.velostream.operator.action");

    @ArchTest
    static final ArchRule clustersKnowNothingOfTheJobReconciler = noClasses()
            .that()
            .resideInAPackage("io.velostream.operator.cluster")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.velostream.operator.job");
}
