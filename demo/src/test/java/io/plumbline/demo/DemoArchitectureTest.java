package io.plumbline.demo;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The services are programs of their own, by people who never heard of Plumbline: they meet over HTTP. */
@AnalyzeClasses(packages = "io.plumbline.demo", importOptions = DoNotIncludeTests.class)
class DemoArchitectureTest {
    @ArchTest
    static final ArchRule programs_meetOverHttp = slices().matching("io.plumbline.demo.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage("io.plumbline.demo.service"))
            .because("shop, payments and load run in JVMs of their own");

    @ArchTest
    static final ArchRule demo_needsTheJdkOnly = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.plumbline.demo..", "java..", "com.sun.net.httpserver..");
}
