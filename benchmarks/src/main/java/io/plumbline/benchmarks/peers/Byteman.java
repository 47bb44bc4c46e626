package io.plumbline.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Byteman with one rule, compiled to bytecode, which is there from the start. */
final class Byteman implements Peer {
    private final Path jar;
    private final Path script;
    private final String condition;

    /**
     * @param script where the rule is written
     * @param condition as a rule has it
     */
    Byteman(Path jar, Path script, String condition) {
        this.jar = jar;
        this.script = script;
        this.condition = condition;
    }

    @Override
    public List<String> options() throws IOException {
        Files.writeString(
                script, """
                RULE count
                CLASS %s
                METHOD %s
                AT LINE %d
                IF %s
                DO incrementCounter("peer")
                ENDRULE
                """.formatted(PeerProgram.class.getName(), PeerProgram.METHOD, PeerProgram.LINE, condition));
        return List.of(
                "-javaagent:" + jar.toAbsolutePath() + "=script:" + script.toAbsolutePath(),
                "-Dorg.jboss.byteman.compileToBytecode=true");
    }

    @Override
    public void awaitProbe() {
        // woven while the class was loaded
    }

    @Override
    public void close() {
        // nothing was opened
    }
}
