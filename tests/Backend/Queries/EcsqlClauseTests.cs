using ITwinOrleans.Backend.Queries.Ecsql;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Errors;

namespace ITwinOrleans.Backend.Tests.Queries;

public sealed class EcsqlClauseTests
{
    private const int MaxLength = 1000;

    [Theory]
    [InlineData("ECInstanceId=0x1")]
    [InlineData("CodeValue='it''s; -- not a comment /* nor this */ UNION'")]
    [InlineData("[Order]=1 AND \"limit\" = 2")]
    [InlineData("a.Order = 1")]
    [InlineData("ECInstanceId IN (SELECT ECInstanceId FROM bis.Subject UNION SELECT ECInstanceId FROM bis.Model ORDER BY 1 LIMIT 5)")]
    [InlineData("x > 1e-5 AND y < .5 AND z = 1 - -1")]
    [InlineData("UserLabel = :label OR UserLabel = ? OR UserLabel=@other")]
    [InlineData("Model.Id=0x10 AND InVirtualSet(?, ECInstanceId)")]
    [InlineData("UserLabel LIKE '%ä€😀%'")]
    public void CheckWhere_an_expression_is_accepted(string where) => EcsqlClause.CheckWhere(where, MaxLength);

    [Theory]
    [InlineData("1=1; DELETE FROM bis.Element")]
    [InlineData("1=1 -- and nothing more")]
    [InlineData("1=1 /* and nothing more")]
    [InlineData("1=1 /**/ AND 2=2")]
    [InlineData("1=1 UNION SELECT ECInstanceId FROM bis.Model")]
    [InlineData("1=1 union all select 1 from bis.Model")]
    [InlineData("1=1 Intersect SELECT 1")]
    [InlineData("1=1 EXCEPT SELECT 1")]
    [InlineData("1=1) UNION SELECT (1")]
    [InlineData("(1=1")]
    [InlineData("1=1)")]
    [InlineData("1=1 LIMIT 5")]
    [InlineData("1=1 ORDER BY 1")]
    [InlineData("1=1 GROUP BY x")]
    [InlineData("1=1 ECSQLOPTIONS NoECClassIdFilter")]
    [InlineData("x='open")]
    [InlineData("x=[open")]
    [InlineData("x=\"open")]
    [InlineData("x=1\0")]
    [InlineData("x='a\0b'")]
    public void CheckWhere_text_that_leaves_the_clause_is_refused(string where)
    {
        RpcException exception = Assert.Throws<RpcException>(() => EcsqlClause.CheckWhere(where, MaxLength));
        Assert.Equal((int)IModelStatus.BadArg, exception.Error.ErrorNumber);
        Assert.StartsWith("The parameter where is not accepted: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckWhere_text_of_too_many_characters_is_refused() =>
        Assert.Throws<RpcException>(() => EcsqlClause.CheckWhere(new string('x', MaxLength + 1), MaxLength));

    [Theory]
    [InlineData("bis.Element WHERE 1=1")]
    [InlineData("bis.Element LIMIT 1")]
    [InlineData("bis.Element; SELECT 1")]
    public void CheckFrom_text_that_leaves_the_clause_is_refused(string from) =>
        Assert.Throws<RpcException>(() => EcsqlClause.CheckFrom(from, MaxLength));

    [Theory]
    [InlineData("bis.Element")]
    [InlineData("[bis].[Element] e")]
    [InlineData("bis.Element e JOIN bis.Model m ON m.ECInstanceId=e.Model.Id")]
    public void CheckFrom_a_class_is_accepted(string from) => EcsqlClause.CheckFrom(from, MaxLength);

    [Theory]
    [InlineData("ECInstanceId DESC, CodeValue")]
    [InlineData("CASE WHEN x=1 THEN 2 ELSE 3 END")]
    public void CheckOrderBy_terms_are_accepted(string orderBy) => EcsqlClause.CheckOrderBy(orderBy, MaxLength);

    [Theory]
    [InlineData("1 LIMIT 1")]
    [InlineData("1 UNION SELECT 1")]
    public void CheckOrderBy_text_that_leaves_the_clause_is_refused(string orderBy) =>
        Assert.Throws<RpcException>(() => EcsqlClause.CheckOrderBy(orderBy, MaxLength));
}
