package io.plumbline.agent.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hit counts equal those of {@link ArrivalCount}, line by line. */
class OracleTest {
    @TempDir
    Path classes;

    @Test
    void hits_ofOddCases_equalIndependentCount() throws Exception {
        Sources sources = Sources.compile(Map.of("odd/OddCases.java", resource("OddCases.java")), "", classes);

        ArrivalCount expected = new Stepper(sources, "odd.*", false).run("odd.Main", classes.toString());
        Comparison comparison =
                new Comparison(sources, expected, new WovenRun(sources).run("odd.Main", List.of(), false));

        System.out.println("odd cases: " + comparison);
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.marked()).as("marks that are still needed").hasSize(comparison.marks());
    }

    @ParameterizedTest
    @EnumSource
    void hits_ofLibrary_equalIndependentCount(Library library) throws Exception {
        Sources sources = library.compile(classes);

        ArrivalCount expected =
                new Stepper(sources, library.stepped(), true).run(library.main(), library.classPath(classes));
        Comparison comparison =
                new Comparison(sources, expected, new WovenRun(sources).run(library.main(), library.jars(), true));

        System.out.println(library + ": " + comparison);
        assertThat(comparison.differences()).isEmpty();
    }

    static String resource(String name) throws IOException {
        try (InputStream in = OracleTest.class.getResourceAsStream("/oracle/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
