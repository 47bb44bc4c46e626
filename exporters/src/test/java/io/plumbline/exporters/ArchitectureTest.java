package io.plumbline.exporters;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.plumbline.exporters", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final DescribedPredicate<JavaClass> CONTRACT = resideInAPackage("io.plumbline.exporters")
            .or(resideInAPackage("io.plumbline.exporters.signal"))
            .as("the contract");

    private static final DescribedPredicate<JavaClass> SHARED = CONTRACT.or(
                    resideInAPackage("io.plumbline.exporters.http"))
            .or(resideInAPackage("io.plumbline.exporters.chat"))
            .as("the contract, and what all may use");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("io.plumbline.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule backendsDoNotKnowEachOther = slices().matching("io.plumbline.exporters.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(DescribedPredicate.alwaysTrue(), SHARED);

    @ArchTest
    static final ArchRule contractKnowsNoBackend = noClasses()
            .that(CONTRACT)
            .should()
            .dependOnClassesThat(resideInAPackage("io.plumbline.exporters..")
                    .and(resideOutsideOfPackages("io.plumbline.exporters", "io.plumbline.exporters.signal")));

    @ArchTest
    static final ArchRule onlySignalKnowsProtobuf = noClasses()
            .that()
            .resideOutsideOfPackage("io.plumbline.exporters.signal")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.opentelemetry..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule backendsShowTheirFactoryOnly = classes()
            .that()
            .resideInAnyPackage("..prometheus", "..elasticsearch", "..jaeger", "..sentry", "..datadog", "..webhook")
            .and()
            .arePublic()
            .should()
            .implement(ExporterFactory.class);
}
