package io.plumbline.pipeline.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that sets a probe at one place: which place that is, and all that does not depend on what the probe does there. */
abstract class LocatedCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "LOCATION",
            description = "Where, such as shop.OrderService:42 or OrderService.java:42.")
    private String location;

    @Mixin
    private ProbeOptions options;

    /**
     * What the probe does, by kind, as a definition has it.
     *
     * @throws Failure when something is missing, with what to do about it
     */
    abstract Map<String, Object> actions();

    @Override
    public final Integer call() throws InterruptedException {
        return options.set(location, actions());
    }
}
