package io.plumbline.pipeline.support;

import io.plumbline.config.wire.ClassFileReply;
import io.plumbline.config.wire.ClassesReply;
import io.plumbline.config.wire.CodeReply;
import io.plumbline.config.wire.CodeRequest;
import io.plumbline.config.wire.ScopeReply;
import io.plumbline.config.wire.ScopeReply.Name;
import java.util.List;
import java.util.Map;

/** What a played agent says of its code: it has the class shop.OrderService and no class file of it. */
final class PlayedCode {
    private PlayedCode() {}

    static CodeReply answer(CodeRequest request) {
        if (request.question() instanceof CodeRequest.Classes) {
            ClassesReply.Found found = new ClassesReply.Found(
                    "shop.OrderService",
                    "OrderService.java",
                    "shop",
                    "class",
                    "own",
                    false,
                    "shop.OrderService$Line",
                    "app");
            return new ClassesReply(request.id(), request.instance(), List.of(found), 1, "");
        }
        if (request.question() instanceof CodeRequest.ClassFile file) {
            if (!file.type().equals("shop.OrderService")) {
                return ClassFileReply.without(
                        request, "no class " + file.type() + " is loaded; let the program use it first");
            }
            return new ClassFileReply(
                    request.id(), request.instance(), file.type(), "OrderService.java", Map.of(), List.of(), "");
        }
        CodeRequest.Scope scope = (CodeRequest.Scope) request.question();
        if (!scope.at().contains("OrderService")) {
            return ScopeReply.without(
                    request, "no class is loaded for " + scope.at() + "; let the program use it first", 0);
        }
        if (scope.path().equals("nothing")) {
            return ScopeReply.without(request, "no variable 'nothing' here", 1);
        }
        return new ScopeReply(
                request.id(),
                request.instance(),
                scope.path().isEmpty() ? "" : "shop.Order",
                List.of("shop.OrderService#place(shop.Order)"),
                List.of(new Name(
                        "order", "shop.Order", "parameter", false, List.of("shop.OrderService#place(shop.Order)"))),
                Map.of("shop.Order", List.of(new Name("id", "int", "field", true))),
                "",
                0);
    }
}
