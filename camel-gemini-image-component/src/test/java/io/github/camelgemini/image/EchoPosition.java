package io.github.camelgemini.image;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A place in an answer where a server can repeat what was sent to it.
 *
 * @param service whose answer it is
 * @param operation of the component
 * @param name of the place
 * @param answer of the server with a text in that place, by the first line of a request
 */
record EchoPosition(String service, String operation, String name, Function<String, UnaryOperator<String>> answer) {

    static final List<String> SERVICES = List.of("google", "vertex", "anyfast", "aimlapi", "inferencesh", "gmi");

    private static final String PNG = Base64.getEncoder().encodeToString(Pictures.draw("png", 8, 4));

    @Override
    public String toString() {
        return service + " " + operation + ": " + name;
    }

    static Stream<EchoPosition> all() {
        List<EchoPosition> all = new ArrayList<>();
        for (String service : SERVICES) {
            http(service, "generate", all);
            errors(service, "generate", all);
        }
        List.of("google", "vertex", "anyfast").forEach(service -> gemini(service, all));
        List.of("google", "vertex").forEach(service -> countsAndModels(service, all));
        batches(all);
        tokens(all);
        others(all);
        return all.stream();
    }

    private static void http(String service, String operation, List<EchoPosition> all) {
        raw(
                service,
                operation,
                "words of the status",
                "HTTP/1.1 500 No %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                all);
        raw(service, operation, "status", "HTTP/1.1 %s OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", all);
        raw(service, operation, "protocol", "%s 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", all);
        raw(
                service,
                operation,
                "header",
                "HTTP/1.1 401 No\r\nX-Echo: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                all);
        raw(
                service,
                operation,
                "name of a header",
                "HTTP/1.1 401 No\r\n%s: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                all);
        raw(
                service,
                operation,
                "line without colon",
                "HTTP/1.1 200 OK\r\n%s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                all);
        raw(
                service,
                operation,
                "Retry-After",
                "HTTP/1.1 400 No\r\nRetry-After: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                all);
        raw(
                service,
                operation,
                "Location",
                "HTTP/1.1 302 No\r\nLocation: http://%s/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                all);
        raw(
                service,
                operation,
                "Set-Cookie",
                "HTTP/1.1 403 No\r\nSet-Cookie: a=%s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                all);
        raw(service, operation, "WWW-Authenticate", "HTTP/1.1 401 No\r\nWWW-Authenticate: %s\r\n\r\nno", all);
        raw(service, operation, "Content-Type", "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n{}", all);
        raw(service, operation, "charset", "HTTP/1.1 400 No\r\nContent-Type: text/plain;charset=%s\r\n\r\nno", all);
        raw(service, operation, "Content-Encoding", "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\n\r\n{}", all);
        raw(service, operation, "Content-Length", "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n{}", all);
        raw(service, operation, "chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n{}", all);
        raw(service, operation, "Transfer-Encoding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: %s\r\n\r\n{}", all);
        body(service, operation, "page", 502, "text/html", "<html><b>%s</b></html>", all);
        body(service, operation, "text", 400, "text/plain", "key %s is bad", all);
        body(service, operation, "text in place of JSON", 200, "application/json", "%s", all);
        json(service, operation, "unquoted value", 200, "{'candidates': %s}", all);
        json(service, operation, "broken string", 200, "{'id':'t','error':'%s\n", all);
        json(service, operation, "name of a field, then the end", 200, "{'%s':[", all);
        json(service, operation, "name of a field", 200, "{'a':{'%s':{'b':tru}}}", all);
        json(service, operation, "behind the JSON", 200, "{} %s", all);
        json(service, operation, "bad escape", 200, "{'a':'%s \\q'}", all);
    }

    private static void errors(String service, String operation, List<EchoPosition> all) {
        String[] errors = {
            "{'error':{'code':400,'message':'%s','status':'INVALID_ARGUMENT'}}",
            "{'error':{'code':400,'message':'x','status':'%s'}}",
            "{'error':{'code':'%s','type':'%s'}}",
            "{'error':{'code':400,'message':'x','details':[{'@type':'x','reason':'%s','metadata':{'%s':'%s'}}]}}",
            "{'error':'%s'}",
            "{'message':'%s','code':403}",
            "{'detail':'%s','title':'%s','type':'/a/%s'}",
            "{'success':false,'status':400,'error':{'message':'%s'}}",
            "{'errors':[{'type':'%s','key':'%s','message':'%s','action':{'type':'%s'}}]}",
            "{'messages':[{'message':'%s','code':'%s'}]}",
            "{'%s':'%s'}",
            "['%s']",
            "'%s'",
            "[{'error':{'code':500,'message':'%s'}}]"
        };
        for (String error : errors) {
            for (int status : new int[] {200, 400}) {
                json(service, operation, status + " " + error, status, error, all);
            }
        }
    }

    private static void gemini(String service, List<EchoPosition> all) {
        String picture = "{'inlineData':{'mimeType':'image/png','data':'" + PNG + "'}}";
        String[] answers = {
            "{'candidates':[{'finishReason':'IMAGE_SAFETY','finishMessage':'%s'}]}",
            "{'candidates':[{'finishReason':'%s','finishMessage':'%s'}]}",
            "{'candidates':[{'finishReason':'MALFORMED_RESPONSE','finishMessage':'%s'}]}",
            "{'candidates':[{'finishReason':'OTHER','content':{'parts':[{'text':'%s'}]}}]}",
            "{'promptFeedback':{'blockReason':'SAFETY','blockReasonMessage':'%s'}}",
            "{'promptFeedback':{'blockReason':'%s'}}",
            "{'candidates':[{'content':{'parts':[{'inlineData':{'mimeType':'%s','data':'AAAA'}}]}}]}",
            "{'candidates':[{'content':{'parts':[{'inlineData':{'mimeType':'image/png','data':'%s!'}}]}}]}",
            "{'candidates':[{'content':{'parts':[{'fileData':{'mimeType':'%s','fileUri':'gs://%s'}}]}}]}",
            "{'candidates':[{'content':{'parts':[{'fileData':{'fileUri':'http://127.0.0.1:9/%s'}}]}}]}",
            "{'candidates':[{'content':{'parts':[{'text':'![](https://%s.invalid/a.png)'}]}}]}",
            "{'candidates':[{'content':{'parts':[{'%s':'%s'}," + picture + "]}}]}",
            "{'candidates':[{'content':{'parts':[{'text':'%s'}," + picture + "]}}]}",
            "{'candidates':[{'content':{'parts':[{'text':'%s','thought':true}," + picture + "]}}]}",
            "{'candidates':[{'finishReason':'%s','content':{'role':'%s','parts':[" + picture + "]}}]}",
            "{'responseId':'%s','modelVersion':'%s','candidates':[{'content':{'parts':[" + picture + "]}}]}",
            "{'candidates':[{'groundingMetadata':{'webSearchQueries':['%s'],'groundingChunks':[{'web':{'uri':'https://x/%s',"
                    + "'title':'%s'}}]},'content':{'parts':[" + picture + "]}}]}",
            "{'candidates':[{'content':{'parts':[" + picture + ",{'inlineData':{'mimeType':'%s','data':'AAAA'}}]}}]}",
            "{'usageMetadata':{'promptTokensDetails':[{'modality':'%s','tokenCount':1}],'serviceTier':'%s'},"
                    + "'candidates':[{'content':{'parts':[" + picture + "]}}]}"
        };
        for (String answer : answers) {
            json(service, "generate", answer.replace(PNG, "…"), 200, answer, all);
        }
        String[] streams = {
            ": %s\n\n",
            "event: %s\ndata: {}\n\n",
            "data: %s\n\n",
            "id: %s\nretry: %s\n%s: x\n\n",
            "data: {'error':{'code':500,'message':'%s'}}\n\n",
            "data: {'candidates':[{'content':{'parts':[{'text':'%s'}]},'finishReason':'STOP'}]}\n\n",
            "data: {'candidates':[{'content':{'parts':[" + picture + "]}}]}\n\ndata: {'a':%s\n\n"
        };
        for (String stream : streams) {
            body(
                    service,
                    "generate",
                    stream.replace(PNG, "…"),
                    200,
                    "text/event-stream",
                    stream.replace('\'', '"'),
                    all);
        }
    }

    private static void countsAndModels(String service, List<EchoPosition> all) {
        json(
                service,
                "countTokens",
                "modality",
                200,
                "{'totalTokens':1,'promptTokensDetails':[{'modality':'%s'}]}",
                all);
        json(service, "models", "model", 200, "{'models':[{'name':'models/%s','%s':'%s'}]}", all);
    }

    private static void batches(List<EchoPosition> all) {
        String job = "{'name':'batches/%s','metadata':{'displayName':'%s','state':'BATCH_STATE_%s'}}";
        String failed =
                "{'name':'batches/a','done':true,'metadata':{'state':'BATCH_STATE_FAILED'},'error':{'code':3,'message':'%s'}}";
        String lines =
                "{'name':'batches/a','done':true,'metadata':{'state':'BATCH_STATE_SUCCEEDED','batchStats':{'%s':'%s'}},"
                        + "'response':{'inlinedResponses':{'inlinedResponses':[{'metadata':{'key':'%s'},'error':{'code':3,'message':'%s'}},"
                        + "{'response':{'candidates':[{'finishReason':'%s','finishMessage':'%s'}]}}]}}}";
        for (String operation : List.of("batchRetrieve", "batchCancel", "batchResults")) {
            for (String body : List.of(job, failed, lines)) {
                json("google", operation, body, 200, body, all);
            }
        }
        json("google", "batchList", "cursor", 200, "{'operations':[" + job + "],'nextPageToken':'%s'}", all);
        json("google", "batch", "id", 200, job, all);
        http("google", "batchRetrieve", all);
    }

    private static void tokens(List<EchoPosition> all) {
        List<EchoPosition> ofServer = new ArrayList<>();
        http("vertex", "generate", ofServer);
        errors("vertex", "generate", ofServer);
        ofServer.forEach(one ->
                all.add(new EchoPosition("tokens", "generate", "of the token server, " + one.name(), one.answer())));
    }

    private static void others(List<EchoPosition> all) {
        json("aimlapi", "generate", "url", 200, "{'data':[{'url':'http://127.0.0.1:9/%s'}],'model':'%s'}", all);
        json("aimlapi", "generate", "b64_json", 200, "{'data':[{'b64_json':'%s'}]}", all);
        json("aimlapi", "generate", "facts", 200, "{'data':[{'b64_json':'" + PNG + "'}],'model':'%s','id':'%s'}", all);
        String[] tasks = {
            "{'data':{'id':'%s','status':10,'error':'%s'}}",
            "{'data':{'id':'t','status':11,'error':{'message':'%s'}}}",
            "{'data':{'id':'t','status':11,'error':{'%s':'%s'}}}",
            "{'data':{'id':'t','status':10,'output':{'description':'%s','images':[]}}}",
            "{'data':{'id':'t','status':10,'output':{'images':['http://127.0.0.1:9/%s']}}}",
            "{'data':{'id':'t','status':12,'app':'%s'}}"
        };
        for (String task : tasks) {
            json("inferencesh", "generate", task, 200, task, all);
            json("inferencesh", "batchRetrieve", task, 200, task, all);
            json("inferencesh", "batchResults", task, 200, task, all);
        }
        String[] requests = {
            "{'request_id':'%s','status':'failed','error':'%s'}",
            "{'request_id':'r','status':'failed','error':'blocked by safety: %s'}",
            "{'request_id':'r','status':'failed','outcome':{'error':{'message':'%s'}}}",
            "{'request_id':'r','status':'success','model':'%s','outcome':{'media_urls':['http://127.0.0.1:9/%s']}}",
            "{'request_id':'r','status':'success','outcome':{'candidates':[{'finishReason':'%s','content':{'parts':[{'text':'%s'}]}}]}}",
            "{'request_id':'r','status':'cancelled','message':'%s'}"
        };
        for (String request : requests) {
            json("gmi", "generate", request, 200, request, all);
            json("gmi", "batchRetrieve", request, 200, request, all);
            json("gmi", "batchResults", request, 200, request, all);
        }
    }

    private static void json(
            String service, String operation, String name, int status, String json, List<EchoPosition> all) {
        body(service, operation, name, status, "application/json", json.replace('\'', '"'), all);
    }

    private static void body(
            String service,
            String operation,
            String name,
            int status,
            String type,
            String body,
            List<EchoPosition> all) {
        raw(
                service,
                operation,
                name,
                "HTTP/1.1 " + status + " x\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n" + body,
                all);
    }

    private static void raw(String service, String operation, String name, String answer, List<EchoPosition> all) {
        all.add(new EchoPosition(service, operation, name, line -> echo -> answer.replace("%s", echo)));
    }
}
