package io.plumbline.agent;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom in the agent (design, section 3). */
@AnalyzeClasses(packages = "io.plumbline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String AGENT = "io.plumbline.agent.";

    @ArchTest
    static final ArchRule bridge_knowsTheJdkOnly = classes()
            .that()
            .resideInAPackage(AGENT + "bridge")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", AGENT + "bridge");

    @ArchTest
    static final ArchRule boot_knowsTheJdkOnly = classes()
            .that()
            .resideInAPackage(AGENT + "boot")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", AGENT + "boot");

    @ArchTest
    static final ArchRule door_knowsTheJdkOnly = classes()
            .that()
            .resideInAPackage(AGENT + "door")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", AGENT + "door");

    @ArchTest
    static final ArchRule compile_knowsBridgeAndConfig = mayKnow("compile", "bridge");

    @ArchTest
    static final ArchRule weave_knowsCompileBridgeAndDoor = mayKnow("weave", "compile", "bridge", "door");

    @ArchTest
    static final ArchRule capture_knowsBridge =
            mayKnow("capture", "bridge", "capture.gate", "capture.thrown", "capture.context", "capture.beside");

    @ArchTest
    static final ArchRule beside_knowsGateAndContext = mayKnow("capture.beside", "capture.gate", "capture.context");

    @ArchTest
    static final ArchRule thrown_knowsNobody = mayKnow("capture.thrown");

    @ArchTest
    static final ArchRule gate_knowsBridge = mayKnow("capture.gate", "bridge");

    @ArchTest
    static final ArchRule context_knowsNobody = mayKnow("capture.context");

    @ArchTest
    static final ArchRule send_knowsQuiet = mayKnow("send", "quiet");

    @ArchTest
    static final ArchRule control_knowsQuiet = mayKnow("control", "quiet");

    @ArchTest
    static final ArchRule quiet_knowsNobody = mayKnow("quiet");

    @ArchTest
    static final ArchRule packages_haveNoCycles =
            slices().matching("io.plumbline.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule agent_knowsNoOtherModule = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.plumbline..")
                    .and(not(resideInAnyPackage("io.plumbline.agent..", "io.plumbline.config.."))));

    @ArchTest
    static final ArchRule yaml_isNotReadHere = noClasses()
            .that()
            .resideInAPackage("io.plumbline.agent..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("io\\.plumbline\\.config\\.text\\.YamlText")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml..", "org.yaml..");

    /** A package of the agent that knows these others, config, the JDK and libraries. */
    private static ArchRule mayKnow(String name, String... others) {
        String[] known = new String[others.length + 1];
        known[0] = AGENT + name;
        for (int i = 0; i < others.length; i++) {
            known[i + 1] = AGENT + others[i];
        }
        return noClasses()
                .that()
                .resideInAPackage(AGENT + name)
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.plumbline.agent..").and(not(resideInAnyPackage(known))));
    }
}
