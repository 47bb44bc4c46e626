package io.plumbline.config;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The shared words know nobody: no other module, no Kafka, no OpenTelemetry. */
@AnalyzeClasses(packages = "io.plumbline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule config_knowsTheJdkAndJackson = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.plumbline.config..",
                    "com.fasterxml.jackson.core..",
                    "com.fasterxml.jackson.dataformat.yaml..");

    @ArchTest
    static final ArchRule yaml_isReadInOnePlace = classes()
            .that()
            .doNotHaveSimpleName("YamlText")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.plumbline.config..", "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule packages_haveNoCycles =
            slices().matching("io.plumbline.config.(*)..").should().beFreeOfCycles();
}
