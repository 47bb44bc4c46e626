package io.plumbline.pipeline.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "exception",
        description = {
            "Capture the exception at a catch, a throw or a method's end, with the variables there.",
            "",
            "The probe ends by itself after --for, by default 1h."
        },
        footer = {
            "",
            "  plumb exception 'shop.OrderService#place:exception'",
            "  plumb exception 'OrderService:catch(IOException)' --hits 10"
        })
final class ExceptionCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "LOCATION",
            description = "Where, such as shop.OrderService:42 or OrderService.java:42.")
    private String location;

    @Mixin
    private CapturingOptions capturing;

    @Mixin
    private ProbeOptions options;

    @Override
    public Integer call() throws InterruptedException {
        return options.set(location, Map.of("exception", capturing.form()));
    }
}
