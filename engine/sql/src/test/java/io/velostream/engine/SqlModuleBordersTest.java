package io.velostream.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.velostream.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class SqlModuleBordersTest {

    @ArchTest
    static final ArchRule NEEDS_NOTHING_BUT_ANTLR_AND_JACKSON = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.velostream.engine..", "org.antlr..", "com.fasterxml.jackson..", "org.jspecify..", "java..");

    @ArchTest
    static final ArchRule ONLY_THE_FUNCTIONS_KNOW_JSON = noClasses()
            .that()
            .resideOutsideOfPackage("io.velostream.engine.sql.function..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule ONLY_THE_PARSER_KNOWS_ANTLR = noClasses()
            .that()
            .resideOutsideOfPackage("io.velostream.engine.sql.parser..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.antlr..", "io.velostream.engine.sql.parser.generated..");

    @ArchTest
    static final ArchRule TREE_KNOWS_NOTHING = classes()
            .that()
            .resideInAPackage("io.velostream.engine.sql.tree")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.velostream.engine.sql.tree", "java..");

    @ArchTest
    static final ArchRule PHYSICAL_PLAN_KNOWS_NO_TEXT = noClasses()
            .that()
            .resideInAnyPackage("io.velostream.engine.plan.physical", "io.velostream.engine.plan.expression")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.velostream.engine.sql.tree",
                    "io.velostream.engine.sql.parser..",
                    "io.velostream.engine.sql.analysis",
                    "io.velostream.engine.plan.logical..");
}
