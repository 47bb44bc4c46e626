package io.plumbline.pipeline;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom in the pipeline. */
@AnalyzeClasses(packages = "io.plumbline", importOptions = DoNotIncludeTests.class)
class PipelineArchitectureTest {
    private static final String[] PARTS = {
        "io.plumbline.pipeline.broker..",
        "io.plumbline.pipeline.topics..",
        "io.plumbline.pipeline.stream..",
        "io.plumbline.pipeline.pairing..",
        "io.plumbline.pipeline.control.."
    };

    @ArchTest
    static final ArchRule packages_haveNoCycles =
            slices().matching("io.plumbline.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule pipelinePackages_haveNoCycles =
            slices().matching("io.plumbline.pipeline.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule controlPackages_haveNoCycles =
            slices().matching("io.plumbline.pipeline.control.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule controlPackages_knowNothingOfWhatPutsThemTogether = noClasses()
            .that()
            .resideInAPackage("io.plumbline.pipeline.control.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.plumbline.pipeline.control");

    @ArchTest
    static final ArchRule parts_doNotSeeEachOther = slices().matching("io.plumbline.pipeline.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAPackage("io.plumbline.pipeline.cli.."), alwaysTrue())
            .because("broker, topics, stream and control meet in cli only");

    @ArchTest
    static final ArchRule pipeline_neverSeesTheAgent = noClasses()
            .that()
            .resideInAPackage("io.plumbline.pipeline..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.plumbline.agent..")
            .because("they meet in topics");

    @ArchTest
    static final ArchRule parts_doNotSeeBackends = noClasses()
            .that()
            .resideInAnyPackage(PARTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.plumbline.exporters.prometheus..",
                    "io.plumbline.exporters.elasticsearch..",
                    "io.plumbline.exporters.console..");

    @ArchTest
    static final ArchRule kafkaServer_isKnownToTheBrokerOnly = noClasses()
            .that()
            .resideOutsideOfPackage("io.plumbline.pipeline.broker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..");

    @ArchTest
    static final ArchRule commands_areNotPublic = classes()
            .that()
            .resideInAPackage("io.plumbline.pipeline.cli..")
            .and()
            .doNotHaveSimpleName("Plumb")
            .should()
            .notBePublic();
}
