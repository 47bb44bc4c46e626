package io.plumbline.benchmarks.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.benchmarks.Built;
import io.plumbline.benchmarks.corpus.JarCounts.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The small cut of the corpus, and that the proof notices what it is there to notice. */
class CorpusTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}, every {1}. class")
    @CsvSource({"slf4j-api, 1, java", "asm, 3, java", "kotlin-stdlib, 25, kotlin", "scala-library, 45, scala"})
    void everyLine_jvmTakesTheClassAsItDoesWithout(String jar, int every, String language) throws Exception {
        JarCounts counts = corpus().prove(Built.jar(jar), every, "");

        System.out.print(CorpusPage.row(jar, language, counts));
        assertThat(counts.failures()).isEmpty();
        assertThat(counts.get(Count.LINES)).isGreaterThan(100);
        assertThat(counts.get(Count.SITES_LOADING)).isGreaterThan(counts.get(Count.LINES));
        assertThat(counts.get(Count.HIT_CODES)).isEqualTo(counts.get(Count.SITES_LOADING));
    }

    /** The saboteur takes a value off the stack that nobody put there, as a defect of the weaver might. */
    @Test
    void wovenClassThatDoesNotVerify_isAFailure() throws Exception {
        JarCounts counts = corpus().prove(Built.jar("slf4j-api"), 1, "org.slf4j.helpers.FormattingTuple");

        assertThat(counts.get(Count.FAILURES)).isPositive();
        assertThat(counts.failures())
                .anySatisfy(failure -> assertThat(failure)
                        .contains(
                                "FormattingTuple", "woven while loading", "VerifyError", "without a probe, it links"));
        assertThat(counts.failures()).allSatisfy(failure -> assertThat(failure).contains("FormattingTuple"));
    }

    @Test
    void classThatDoesNotVerifyByItself_isNotLinkableAnyway() throws Exception {
        Path jar = folder.resolve("broken-1.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("odd/Broken.class"));
            out.write(returning("odd/Broken", Opcodes.ARETURN));
            out.putNextEntry(new JarEntry("odd/Sound.class"));
            out.write(returning("odd/Sound", Opcodes.IRETURN));
        }

        JarCounts counts = corpus().prove(jar, 1, "");

        assertThat(counts.failures()).isEmpty();
        assertThat(counts.get(Count.CLASSES)).isEqualTo(2);
        assertThat(counts.get(Count.NOT_LINKABLE)).isEqualTo(1);
        assertThat(counts.get(Count.LINES)).isEqualTo(1);
    }

    @Test
    void list_isLongAndHasWhatItMust() throws IOException {
        List<CorpusJar> list = CorpusJar.readAll(Path.of("corpus/jars.txt"));

        assertThat(list).hasSizeGreaterThanOrEqualTo(50).doesNotHaveDuplicates();
        assertThat(list)
                .extracting(CorpusJar::name)
                .contains(
                        "guava",
                        "jackson-databind",
                        "spring-core",
                        "netty-common",
                        "kafka-clients",
                        "hibernate-core",
                        "log4j-core",
                        "scala-library",
                        "kotlin-stdlib",
                        "tomcat-embed-core",
                        "groovy",
                        "commons-lang3");
        assertThat(list).extracting(CorpusJar::language).contains("java", "kotlin", "scala");
    }

    private Corpus corpus() throws IOException {
        return new Corpus(Built.jvm(folder), folder, List.of());
    }

    /** A class with one method that returns 1, rightly as an int or wrongly as a reference. */
    private static byte[] returning(String name, int opcode) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "one", "()I", null, null);
        Label start = new Label();
        method.visitCode();
        method.visitLabel(start);
        method.visitLineNumber(7, start);
        method.visitInsn(Opcodes.ICONST_1);
        method.visitInsn(opcode);
        method.visitMaxs(1, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
